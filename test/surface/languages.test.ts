import { describe, expect, it } from "vitest";
import { asks, consents, isBare, said, withAction, withTerms } from "../../src/surface/words.js";

describe("words of consent in other languages", () => {
  it.each([
    ["Ich möchte den Newsletter erhalten", "Newsletter-Archiv"],
    ["Ich willige ein, dass meine Daten zum Training genutzt werden", "Meine Daten herunterladen"],
    ["J'accepte de recevoir la newsletter", "Lire la newsletter"],
    ["Accepter les cookies", "Recette de cookies"],
    ["Acepto recibir publicidad", "Publicidad en televisión"],
    ["Acconsento al marketing", "Corso di marketing"],
    ["Ik accepteer cookies", "Alles over reclame"],
    ["Aceito receber publicidade", "Meus dados de acesso"],
    ["Wyrażam zgodę na marketing", "Studia: marketing"],
  ])("%s, and not: %s", (yes, no) => {
    expect([consents(yes), asks(yes), consents(no), asks(no)]).toEqual([true, true, false, false]);
  });

  it.each([
    ["Alle akzeptieren", "Ablehnen", "Später erinnern", "Schließen"],
    ["Tout accepter", "Continuer sans accepter", "Plus tard", "Fermer"],
    ["Aceptar todo", "Rechazar todo", "Ahora no", "Cerrar"],
    ["Accetta tutti", "Rifiuta", "Più tardi", "Chiudi"],
    ["Alles accepteren", "Weigeren", "Niet nu", "Sluiten"],
    ["Aceitar tudo", "Recusar", "Mais tarde", "Fechar"],
    ["Zgadzam się", "Odrzuć wszystkie", "Później", "Zamknij"],
  ])("%s | %s | %s | %s", (accept, refuse, later, other) => {
    expect([accept, refuse, later, other].map(said)).toEqual([["accept"], ["refuse"], ["later"], ["other"]]);
    expect(isBare(accept)).toBe(true);
  });

  it("do not make what has an object of its own a bare yes", () => {
    expect(isBare("Einladung akzeptieren")).toBe(false);
    expect(isBare("Accepter l'invitation")).toBe(false);
  });

  it.each([
    ["Ich akzeptiere die AGB und die Nutzung meiner Daten zum Training", "Ich akzeptiere die AGB"],
    ["J'accepte les conditions d'utilisation et l'entraînement sur mes données", "J'accepte les conditions d'utilisation"],
    ["Acepto los términos y condiciones y el uso de mis datos personales", "Acepto los términos y condiciones"],
    ["Accetto i termini e condizioni e il trattamento dei dati personali", "Accetto i termini e condizioni"],
    ["Ik accepteer de algemene voorwaarden en het trainen", "Ik accepteer de algemene voorwaarden"],
    ["Aceito os termos de uso e o treinamento", "Aceito os termos de uso"],
  ])("%s: with terms; and not: %s", (both, terms) => {
    expect([withTerms(both), withTerms(terms)]).toEqual([true, false]);
  });

  it.each([
    ["Registrieren und Newsletter erhalten", "Newsletter erhalten"],
    ["Créer un compte et accepter les cookies", "Accepter les cookies"],
    ["Crear una cuenta y recibir publicidad", "Acepto recibir publicidad"],
    ["Registrati e accetto il marketing", "Acconsento al marketing"],
    ["Account aanmaken en nieuwsbrief ontvangen", "Nieuwsbrief ontvangen"],
    ["Criar uma conta e receber publicidade", "Aceito receber publicidade"],
  ])("%s: with something else; and not: %s", (both, alone) => {
    expect([withAction(both), withAction(alone), consents(alone)]).toEqual([true, false, true]);
  });
});

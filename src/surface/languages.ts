/**
 * The words of consent in languages beside English, as alternatives of a regular expression: what people are asked for, what says yes, no and
 * "ask me later" on a button, what consent is bundled with. Whole words, whatever their case. The words are our choice, after the banners and settings of services in the
 * European Union; a word that is as often about something else stands only beside its object.
 */
export interface Words {
  readonly matter: string;
  readonly gives: string;
  readonly accept: string;
  readonly refuse: string;
  readonly later: string;
  /** Of a contract. */
  readonly terms?: string;
  /** What a button does besides. */
  readonly action?: string;
}

export const LANGUAGES: Readonly<Record<string, Words>> = {
  de: {
    matter:
      "cookies?|tracking|werbung|werbe-?mails?|marketing|newsletter|meine(?:r|n)? daten|personenbezogenen? daten|datenverarbeitung|nutzungsdaten|profiling|training|trainieren",
    gives: "ich (?:stimme|willige|akzeptiere|erlaube|möchte)|zustimmen|einwilligen|akzeptieren|erlauben|erhalten|dürfen|einwilligung",
    accept: "(?:alle )?akzeptieren|zustimmen|einwilligen|erlauben|einverstanden|ja",
    refuse: "ablehnen|verweigern|widerrufen|nicht (?:zustimmen|akzeptieren|erlauben)|nur (?:notwendige|erforderliche)|nein(?:,? danke)?",
    later: "(?:jetzt nicht|später(?: (?:erinnern|fragen|entscheiden))?)",
    terms: "agb|(?:allgemeinen )?(?:geschäfts|nutzungs)bedingungen",
    action:
      "registrieren|anmelden|konto (?:erstellen|anlegen)|kaufen|(?:kostenpflichtig )?bestellen|absenden|senden|speichern|herunterladen|bezahlen",
  },
  fr: {
    matter:
      "cookies?|traceurs?|suivi|publicités?(?: ciblées?)?|marketing|newsletter|lettre d['’]information|mes données|données personnelles|profilage|entraînement|entraîner",
    gives: "j['’](?:accepte|autorise)|je consens|accepter|autoriser|consentir|recevoir|consentement",
    accept: "(?:tout )?accepter|j['’]accepte|autoriser|d['’]accord|oui",
    refuse: "(?:tout )?refuser|je refuse|continuer sans accepter|ne pas (?:accepter|autoriser)|non(?:,? merci)?",
    later: "plus tard|pas maintenant",
    terms: "cgu|cgv|conditions (?:générales(?: d['’]utilisation| de vente)?|d['’]utilisation)",
    action: "s['’]inscrire|m['’]inscrire|créer (?:un|mon) compte|commander|acheter|payer|envoyer|enregistrer|télécharger|se connecter",
  },
  es: {
    matter: "cookies?|rastreo|publicidad|marketing|bolet[ií]n|mis datos|datos personales|entrenamiento|entrenar",
    gives: "acepto|consiento|autorizo|aceptar|consentir|permitir|recibir|consentimiento",
    accept: "aceptar(?: tod[oa]s?)?|acepto|permitir|de acuerdo|sí",
    refuse: "rechazar(?: tod[oa]s?)?|rechazo|denegar|no (?:aceptar|permitir)|no,? gracias",
    later: "más tarde|ahora no",
    terms: "términos(?: y condiciones)?|condiciones (?:de uso|generales|del servicio)",
    action: "registrarse|registrarme|crear (?:una |mi )?cuenta|comprar|pagar|enviar|guardar|descargar|iniciar sesión",
  },
  it: {
    matter: "cookies?|tracciamento|pubblicità|marketing|newsletter|i miei dati|dati personali|addestramento|addestrare",
    gives: "accetto|acconsento|autorizzo|accettare|consentire|ricevere|consenso",
    accept: "accetta(?: tutt[oi])?|accetto|acconsento|consenti|sì",
    refuse: "rifiuta(?: tutt[oi])?|rifiuto|nega|non (?:accetto|acconsento)|no,? grazie",
    later: "più tardi|non ora",
    terms: "termini(?: e (?:le )?condizioni)?|condizioni (?:d['’]uso|generali|di servizio)",
    action: "registrati|registrami|iscriviti|crea (?:un |il mio )?account|acquista|ordina|paga|invia|salva|scarica|accedi",
  },
  nl: {
    matter: "cookies?|tracking|reclame|advertenties|marketing|nieuwsbrief|mijn gegevens|persoonsgegevens|trainen|training",
    gives: "ik (?:accepteer|ga akkoord|wil)|accepteren|toestaan|ontvangen|toestemming",
    accept: "(?:alles )?accepteren|akkoord|toestaan|ja",
    refuse: "(?:alles )?weigeren|afwijzen|niet (?:accepteren|toestaan|akkoord)|nee(?:,? bedankt)?",
    later: "later|niet nu",
    terms: "(?:algemene |gebruiks)voorwaarden",
    action: "registreren|aanmelden|account (?:aanmaken|maken)|bestellen|kopen|betalen|verzenden|versturen|opslaan|downloaden|inloggen",
  },
  pt: {
    matter: "cookies?|rastreamento|publicidade|marketing|newsletter|meus dados|dados pessoais|treinamento|treino|treinar",
    gives: "aceito|consinto|autorizo|aceitar|consentir|permitir|receber|consentimento",
    accept: "aceitar(?: tud[oa])?|aceito|permitir|concordo|sim",
    refuse: "recusar(?: tud[oa])?|rejeitar|não (?:aceitar|aceito|permitir)|não,? obrigad[oa]",
    later: "mais tarde|agora não",
    terms: "termos(?: (?:de (?:uso|serviço)|e condições))?|condições (?:de uso|gerais)",
    action:
      "cadastrar(?:-se)?|registrar(?:-se)?|registar(?:-se)?|criar (?:uma |minha )?conta|comprar|pagar|enviar|guardar|salvar|baixar|entrar",
  },
  pl: {
    matter: "cookies?|pliki cookie|śledzenie|reklam[yę]?|marketing|newslettera?|moich danych|danych osobowych|trenowania|szkolenia",
    gives: "akceptuję|zgadzam się|wyrażam zgodę|zgoda|zezwól|otrzymywać",
    accept: "akceptuj(?:ę)?(?: wszystkie)?|zgadzam się|zezwól|tak",
    refuse: "odrzuć(?: wszystkie)?|odmawiam|nie (?:zgadzam się|zezwalaj)|nie,? dziękuję",
    later: "później|nie teraz",
  },
};

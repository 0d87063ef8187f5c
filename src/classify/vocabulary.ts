/**
 * What names of fields and columns say of what is kept under them: data, read by {@link ./classify.ts}. Categories are those of fideslang 3
 * (https://ethyca.github.io/fideslang), as everywhere in a manifest.
 *
 * A phrase is matched at the end of a name, where in most of these languages the word stands that tells what a thing is: `customerEmail`
 * is an email, `emailTemplate` a template. Languages beside English: Dutch, French, German, Italian, Polish, Portuguese, Spanish, and single
 * words of Chinese and Japanese.
 */

/**
 * How often a name like this is what it seems to be, as judged by reading code: `high` nearly always; `medium` mostly; `low` every
 * second time, which is enough to ask about and too little to act on.
 */
export const CONFIDENCES = ["high", "medium", "low"] as const;

export type Confidence = (typeof CONFIDENCES)[number];

export interface Entry {
  readonly category: string;
  readonly confidence: Confidence;
  /** Phrases, separated by commas. */
  readonly names: string;
  /** Only of somebody: the word before it, or what it is a property of, is one of {@link PEOPLE}: `customerName`, `User.name`. */
  readonly of?: "people";
  /** Words that make something else of it when they stand before it: `supportEmail`. */
  readonly not?: string;
  /** Words in the name of what it is a property of that do: `EvaluatorDefinition.prompt`. */
  readonly notIn?: string;
}

/** Those that data can be about. */
export const PEOPLE =
  "user, customer, person, people, patient, employee, member, contact, subscriber, student, pupil, teacher, candidate, applicant, visitor, guest, " +
  "attendee, participant, respondent, author, recipient, buyer, shopper, passenger, lead, profile, cardholder, owner, creator, assignee, reviewer, " +
  "commenter, invitee, child, spouse, " +
  "benutzer, nutzer, kunde, mitarbeiter, utilisateur, usuario, cliente, empleado, utente, gebruiker, klant, pessoa, klient";

/** First words of a name that make it a question, an action or a setting about something. */
export const ABOUT =
  "is, has, had, have, can, could, should, would, will, was, are, did, does, do, show, hide, display, enable, enabled, disable, disabled, allow, allowed, " +
  "require, required, requires, use, uses, no, not, need, needs, on, set, get, fetch, load, list, find, handle, update, send, resend, sent, verify, " +
  "validate, check, parse, format, mask, redact, remove, delete, clear, add, create, submit, edit, change, reset, confirm, to, max, min, num, number, count, " +
  "total, avg, example, sample, mock, fake, dummy, placeholder, invalid, missing, duplicate, by, with, without, skip, ignore, include, exclude, " +
  "collect, search, filter, sort, group, order, select";

/** Last words of a name that leave what it is about what it is. */
export const NEUTRAL =
  "value, raw, plain, plaintext, normalized, normalised, lowercase, lower, canonical, encrypted, enc, hashed, hash, masked, original, verbatim";

export const VOCABULARY: readonly Entry[] = [
  {
    category: "user.contact.email",
    confidence: "high",
    names:
      "email, mail address, email address, email addr, mailbox address, correo, correo electronico, adresse mail, courriel, " +
      "email adresse, mailadresse, indirizzo email, endereco de email, emailadres, adres email, 邮箱, 电子邮件, 邮件地址, メールアドレス",
    not: "support, noreply, reply, system, service, sales, info, template, app, organization, org, billing template, test, from, sender, transactional",
  },
  {
    category: "user.contact.phone_number",
    confidence: "high",
    names:
      "phone, phone number, phone no, phone num, telephone, telephone number, mobile number, mobile phone, cell phone, cell number, msisdn, " +
      "telefon, telefonnummer, handynummer, handy, mobilnummer, rufnummer, numero de telephone, telefono, numero de telefono, celular, cellulare, " +
      "numero di telefono, telefone, telefoonnummer, mobiel, numer telefonu, 电话, 手机, 手机号, 电话号码, 電話番号",
    not: "support, emergency services, twilio, from, sender",
  },
  { category: "user.contact.phone_number", confidence: "low", names: "tel, mobile, fax, fax number, whatsapp", of: "people" },
  {
    category: "user.contact.address",
    confidence: "high",
    names:
      "street address, home address, postal address, mailing address, billing address, shipping address, delivery address, residential address, " +
      "address line, street name, house number, anschrift, postanschrift, lieferadresse, rechnungsadresse, strasse, hausnummer, adresse postale, " +
      "direccion postal, codice fiscale indirizzo, indirizzo di casa, endereco residencial, woonadres, straatnaam, 住所, 地址",
  },
  {
    category: "user.contact.address",
    confidence: "medium",
    names: "address, adresse, direccion, indirizzo, endereco, adres, street",
    of: "people",
  },
  {
    category: "user.contact.address.postal_code",
    confidence: "medium",
    names: "postal code, postcode, zip code, zip, plz, postleitzahl, code postal, codigo postal, cap code, cep code, 郵便番号, 邮编",
  },
  {
    category: "user.name",
    confidence: "high",
    names:
      "first name, last name, full name, given name, family name, middle name, maiden name, surname, forename, legal name, nickname, fname, lname, " +
      "vorname, nachname, familienname, prenom, nom de famille, apellido, apellidos, nombre completo, cognome, sobrenome, nome completo, voornaam, " +
      "achternaam, imie, nazwisko, 姓名, 氏名, 名字",
  },
  { category: "user.name", confidence: "high", names: "display name, preferred name", of: "people" },
  { category: "user.name", confidence: "high", names: "name, nombre, nome, nom, naam", of: "people" },
  {
    category: "user.account.username",
    confidence: "medium",
    names: "username, login name, screen name, user handle, benutzername, nutzername, nom utilisateur, nombre de usuario, gebruikersnaam",
    not: "db, database, smtp, redis, clickhouse, postgres, proxy, basic, auth, bot, service, registry, kafka, mysql",
    notIn: "basic, postgres, uri, url, config, configuration, connection, datasource, server, database, smtp, redis",
  },
  {
    category: "user.unique_id",
    confidence: "medium",
    names:
      "user id, customer id, person id, patient id, employee id, member id, visitor id, end user id, distinct id, user uuid, uid, user guid, benutzer id",
    not: "bot, service, stripe",
  },
  {
    category: "user.unique_id",
    confidence: "low",
    names: "anonymous id, external user id, author id, subscriber id, student id, creator id, assignee id, created by user id, contact id",
  },
  {
    category: "user.device.ip_address",
    confidence: "high",
    names:
      "ip address, ip addr, client ip, remote ip, user ip, remote address, remote addr, source ip, last ip, login ip, ip adresse, adresse ip, direccion ip",
    not: "server, host, node, local, private, bind, blocked, allowed, pod",
  },
  { category: "user.device.ip_address", confidence: "low", names: "ip", of: "people" },
  {
    category: "user.device.device_id",
    confidence: "high",
    names:
      "device id, device identifier, mac address, imei, idfa, idfv, gaid, advertising id, ad id, machine id, hardware id, device fingerprint, browser fingerprint, push token",
  },
  {
    category: "user.device.cookie_id",
    confidence: "medium",
    names: "cookie id, session id, tracking id, client id cookie, ga client id, fbp, gclid, session cookie",
    not: "upload, checkout, mcp, transport",
    notIn: "lambda, sandbox, mcp, transport, terminal",
  },
  { category: "user.device", confidence: "high", names: "user agent, navigator agent" },
  {
    category: "user.location.precise",
    confidence: "high",
    names:
      "latitude, longitude, geolocation, gps, gps coordinates, geo coordinates, gps position, current location, home location, precise location, lat lng, lat lon, " +
      "breitengrad, laengengrad, langengrad, latitud, longitud, latitudine, longitudine, 纬度, 经度",
  },
  { category: "user.location.precise", confidence: "low", names: "lat, lng, lon, coordinates, whereabouts" },
  {
    category: "user.location.imprecise",
    confidence: "low",
    names: "city, country, location, timezone, region, stadt, land, ville, pays, ciudad, pais, citta, paese, cidade",
    of: "people",
  },
  {
    category: "user.demographic.date_of_birth",
    confidence: "high",
    names:
      "date of birth, birth date, birthday, dob, year of birth, birth year, geburtsdatum, geburtstag, geburtsjahr, date de naissance, " +
      "fecha de nacimiento, data di nascita, data de nascimento, geboortedatum, data urodzenia, 生日, 出生日期, 生年月日",
  },
  {
    category: "user.demographic.age_range",
    confidence: "medium",
    names: "age, age range, age group, alter, edad, eta, idade, leeftijd",
    of: "people",
  },
  {
    category: "user.demographic.gender",
    confidence: "high",
    names: "gender, sex, geschlecht, genero, genre utilisateur, sesso, sexo, geslacht, plec, pronouns, 性别, 性別",
  },
  {
    category: "user.demographic.marital_status",
    confidence: "high",
    names: "marital status, relationship status, familienstand, etat civil, estado civil, stato civile",
  },
  {
    category: "user.demographic.race_ethnicity",
    confidence: "high",
    names: "race ethnicity, ethnicity, ethnic group, ethnic origin, skin color, ethnie, etnia, ethnische herkunft",
  },
  { category: "user.demographic.race_ethnicity", confidence: "medium", names: "race", of: "people" },
  {
    category: "user.demographic.religious_belief",
    confidence: "high",
    names: "religion, religious belief, religious beliefs, faith, konfession, glaube, religione, religiao",
  },
  {
    category: "user.demographic.political_opinion",
    confidence: "high",
    names: "political opinion, political affiliation, political party, political view, party affiliation, partei, parti politique",
  },
  {
    category: "user.demographic.sexual_orientation",
    confidence: "high",
    names: "sexual orientation, sexuality, orientation sexuelle, orientacion sexual, sexuelle orientierung",
  },
  {
    category: "user.demographic",
    confidence: "high",
    names: "nationality, citizenship, staatsangehoerigkeit, staatsangehorigkeit, nationalite, nacionalidad, nazionalita, nacionalidade",
  },
  {
    category: "user.health_and_medical",
    confidence: "high",
    names:
      "diagnosis, diagnoses, medical history, medical record, medical condition, health condition, health status, health record, blood type, blood pressure, heart rate, " +
      "medication, medications, allergies, allergy, disability, prescription, symptom, icd code, vaccination, pregnancy, diagnose, krankheit, krankengeschichte, " +
      "medikamente, blutgruppe, maladie, antecedents medicaux, enfermedad, historial medico, malattia, doenca, 病历, 诊断",
    not: "error, code, compiler, lint, type, config",
  },
  { category: "user.health_and_medical", confidence: "medium", names: "mrn, patient record, body weight, bmi, insulin" },
  {
    category: "user.biometric",
    confidence: "high",
    names:
      "face embedding, face encoding, face template, face id, voiceprint, fingerprint template, iris scan, retina scan, biometric, biometrics, dna, genome, genetic data",
  },
  {
    category: "user.government_id",
    confidence: "high",
    names:
      "ssn, social security number, social security no, national id, national insurance number, passport number, passport no, drivers license number, " +
      "driver license number, driving licence number, tax id number, tin number, aadhaar, aadhaar number, nhs number, personnummer, " +
      "sozialversicherungsnummer, steuernummer, steuer id, ausweisnummer, reisepassnummer, numero de securite sociale, dni, nif, curp, codice fiscale, " +
      "cpf, bsn, pesel, 身份证, 身份证号",
  },
  {
    category: "user.financial",
    confidence: "high",
    names:
      "credit card, credit card number, card number, card pan, cvv, cvc, iban, bank account, bank account number, account number, routing number, sort code, salary, " +
      "annual income, household income, credit score, net worth, kontonummer, kreditkarte, kreditkartennummer, gehalt, einkommen, bankverbindung, " +
      "compte bancaire, carte bancaire, salaire, cuenta bancaria, tarjeta de credito, salario, stipendio, rekeningnummer, 银行卡号",
  },
  { category: "user.financial", confidence: "medium", names: "card last, income, billing details" },
  {
    category: "user.authorization.credentials",
    confidence: "medium",
    names:
      "password, passwd, passphrase, pin code, security question, security answer, passwort, kennwort, mot de passe, contrasena, senha, wachtwoord, haslo, 密码, パスワード",
    not: "db, database, smtp, redis, clickhouse, postgres, proxy, basic, auth, server, keystore, kafka, mysql, sentinel, cluster",
    notIn: "basic, postgres, uri, url, config, configuration, connection, datasource, server, database, smtp, redis",
  },
  {
    category: "user.authorization",
    confidence: "low",
    names: "access token, refresh token, id token, session token, auth token, bearer token",
  },
  {
    category: "user.content.self_image",
    confidence: "medium",
    names: "profile picture, profile photo, profile image, avatar, avatar url, selfie, headshot, profile pic, profilbild",
  },
  { category: "user.content.self_image", confidence: "low", names: "picture, photo, image, foto", of: "people" },
  {
    category: "user.content.private",
    confidence: "medium",
    names:
      "user message, user input, user prompt, user query, user question, chat history, chat message, conversation history, direct message, private message, " +
      "message body, transcript, transcription, utterance, voice recording, feedback text, feedback comment, free text, chat transcript",
    not: "system, template, default, example",
  },
  {
    category: "user.content.private",
    confidence: "low",
    names: "prompt, completion, conversation, feedback, comment, correspondence, nachricht, mensaje, messaggio, mensagem",
    not:
      "system, default, template, base, custom, few shot, test, evaluation, eval, initial, instruction, prefix, suffix, auto, code, tab, on, use, parent, of, " +
      "last, current, new, selected, all, per, max, text, delete, consent, allow, resolved, judge, production, prompt, line, multi, block",
    notIn: "prompt, evaluator, evaluation, eval, experiment, test, describer, block, template, config, metadata",
  },
  { category: "user.content.public", confidence: "medium", names: "bio, biography, about me, ueber mich" },
  {
    category: "user.behavior.search_history",
    confidence: "medium",
    names: "search query, search term, search history, search keyword, suchbegriff, suchanfrage, recherche utilisateur",
  },
  {
    category: "user.behavior.browsing_history",
    confidence: "medium",
    names:
      "browsing history, visited url, visited page, page view, click history, clickstream, referrer, referer, landing page, current url, page history",
  },
  {
    category: "user.behavior.purchase_history",
    confidence: "medium",
    names: "purchase history, order history, purchases, cart contents, bestellhistorie",
  },
  {
    category: "user.behavior.media_consumption",
    confidence: "medium",
    names: "watch history, listening history, play history, viewing history",
  },
  {
    category: "user.criminal_history",
    confidence: "high",
    names: "criminal record, criminal history, conviction, convictions, vorstrafe, vorstrafen, casier judiciaire, antecedentes penales",
  },
  {
    category: "user.childrens",
    confidence: "medium",
    names: "child name, childs name, child age, children, guardian name, parental consent data",
    of: "people",
  },
  { category: "user.job_title", confidence: "medium", names: "job title, occupation, profession, berufsbezeichnung, beruf, profesion" },
  { category: "user.workplace", confidence: "medium", names: "employer, workplace, employer name, arbeitgeber, employeur" },
  {
    category: "user.social",
    confidence: "medium",
    names: "linkedin url, linkedin profile, twitter handle, facebook id, instagram handle, github username, social profile, github login",
  },
];

/** What names say: personal data in its spellings, beside what is only about it. */
import { describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.js";
import { VOCABULARY, CONFIDENCES } from "../../src/classify/vocabulary.js";
import { isFidesKey } from "../../src/taxonomy/names.js";
import { singular, wordsOf } from "../../src/classify/words.js";

const category = (name: string, owner?: string): string | undefined => classify(name, owner)?.category;

describe("the words of a name", () => {
  it.each([
    ["userEmail", "user email"],
    ["user_email", "user email"],
    ["USER-EMAIL", "user email"],
    ["IPAddress", "ip address"],
    ["userID2", "user id"],
    ["lastIPv4", "last ip"],
    ["prénom", "prenom"],
    ["Straße", "strasse"],
    ["メールアドレス", "メールアドレス"],
  ])("%s: %s", (name, words) => {
    expect(wordsOf(name).join(" ")).toBe(words);
  });

  it.each([
    ["emails", "email"],
    ["addresses", "address"],
    ["address", "address"],
    ["histories", "history"],
    ["status", "status"],
    ["gps", "gps"],
  ])("%s is a list of what %s is", (many, one) => {
    expect(singular(many)).toBe(one);
  });
});

describe("names of personal data", () => {
  it.each([
    ["email", "user.contact.email"],
    ["customerEmailAddress", "user.contact.email"],
    ["emails", "user.contact.email"],
    ["EMAIL_NORMALIZED", "user.contact.email"],
    ["phone_number", "user.contact.phone_number"],
    ["phoneNumberE164", "user.contact.phone_number"],
    ["firstname", "user.name"],
    ["last-name", "user.name"],
    ["Vorname", "user.name"],
    ["fecha_de_nacimiento", "user.demographic.date_of_birth"],
    ["dob", "user.demographic.date_of_birth"],
    ["remoteIp", "user.device.ip_address"],
    ["ssn", "user.government_id"],
    ["medicalHistory", "user.health_and_medical"],
    ["passwordHash", "user.authorization.credentials"],
    ["userId", "user.unique_id"],
    ["searchQuery", "user.behavior.search_history"],
  ])("%s: %s", (name, expected) => {
    expect(category(name)).toBe(expected);
  });

  it("some only of somebody: by the word before, or by what they are in", () => {
    expect(category("name")).toBeUndefined();
    expect(category("name", "Project")).toBeUndefined();
    expect(category("name", "User")).toBe("user.name");
    expect(category("name", "user_rows")).toBe("user.name");
    expect(category("name", "UserProfileDto")).toBe("user.name");
    expect(category("name", "UserSettings")).toBeUndefined();
    expect(category("customerName")).toBe("user.name");
    expect(category("companyName", "User")).toBeUndefined();
  });

  it("how sure that is", () => {
    expect(classify("email")?.confidence).toBe("high");
    expect(classify("userId")?.confidence).toBe("medium");
    expect(classify("prompt")?.confidence).toBe("low");
  });
});

describe("names that are about personal data, and hold none", () => {
  it.each([
    "emailTemplateId",
    "hasEmail",
    "isEmailVerified",
    "emailVerified",
    "sendEmail",
    "phoneNumberRegex",
    "nameLength",
    "className",
    "fileName",
    "modelName",
    "maxPhoneNumbers",
    "supportEmail",
    "dbPassword",
    "promptTokens",
    "systemPrompt",
    "serverIpAddress",
    "addressBookEnabled",
    "paragraph",
    "message",
    "id",
    "",
  ])("%s", (name) => {
    expect(category(name)).toBeUndefined();
  });
});

describe("the vocabulary", () => {
  const names = VOCABULARY.flatMap((entry) => entry.names.split(",").map((name) => ({ name: name.trim(), entry })));

  it("has each phrase once, or once for people and once for all", () => {
    const keys = names.map(({ name, entry }) => `${wordsOf(name).join("")} ${entry.of ?? ""}`);
    expect(keys.filter((one, i) => keys.indexOf(one) !== i)).toEqual([]);
  });

  it("finds each of its phrases", () => {
    expect(names.filter(({ name, entry }) => category(name, entry.of && "User") !== entry.category).map(({ name }) => name)).toEqual([]);
  });

  it("names categories that there are", () => {
    expect(VOCABULARY.map(({ category }) => category).filter((key) => !isFidesKey(key, "categories"))).toEqual([]);
  });

  it("knows how sure it is", () => {
    expect(VOCABULARY.every(({ confidence }) => CONFIDENCES.includes(confidence))).toBe(true);
  });
});

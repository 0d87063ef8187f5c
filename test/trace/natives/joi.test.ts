import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import Joi from "joi";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "what passes has the known keys, unless unknown ones are let through",
  `const S = Joi.object({ id: Joi.string().required(), email: Joi.string().email() });
train(Joi.attempt(user, S)); //! user.email user.id
train(await S.validateAsync(user)); //! user.email user.id
train(Joi.attempt(user, S.unknown()).name); //! user.name
train(await S.validateAsync(user, { stripUnknown: true })); //! user.email user.id
train((await S.validateAsync(user, { allowUnknown: true })).name); //! user.name
train(Joi.attempt(user, S.options({ allowUnknown: true })).name); //! user.name
train(Joi.attempt(user, S.unknown().unknown(false)).name); //! none
train(Joi.attempt(user, S.options({ stripUnknown: true }))); //! user.email user.id
train(Joi.attempt({ of: user }, Joi.object({ of: S }).options({ stripUnknown: true }))); //! user.email user.id`,
);

check(
  "shapes and lists",
  `const S = Joi.object({ id: Joi.string() });
train(Joi.attempt(user, S.keys({ email: Joi.string() }))); //! user.email user.id
train(Joi.attempt(user, S.append({ name: Joi.string() }).required())); //! user.id user.name
train(Joi.attempt(user, Joi.object()).name); //! user.name
train(Joi.attempt(user, Joi.object().keys({ name: Joi.string() }))); //! user.name
train(Joi.attempt([user], Joi.array().items(S))); //! user.id
train(Joi.attempt(user, Joi.object({ id: Joi.string(), email: Joi.any().strip() }))); //! user.id
train(Joi.attempt(undefined, Joi.string().default(user.email))); //! user.email`,
);

check(
  "validate gives a value or an error, and the error holds what went in",
  `const S = Joi.object({ id: Joi.string().required() });
const r = S.validate(user);
if (r.error === undefined) train(r.value); //! user.id
if (r.error) train(r.error._original.name); //! user.name
if (r.error) train(r.error.details[0].path); //! none
const { value, error } = S.validate(user, { stripUnknown: true });
if (error) throw new Error("no");
train(value); //! user.id`,
);

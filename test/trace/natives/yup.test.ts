import { expect, it } from "vitest";
import { annotated } from "../program.js";

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(`import * as yup from "yup";\nconst user = loadUser();\n${code}`);
    expect(found).toEqual(expected);
  });
};

check(
  "unknown keys stay unless they are stripped",
  `const S = yup.object({ id: yup.string().required(), email: yup.string() });
train(S.validateSync(user)); //! user.age user.email user.id user.name user.prompt user.tags
train(S.noUnknown().validateSync(user)); //! user.email user.id
train(S.noUnknown().required().noUnknown(false).cast(user).name); //! user.name
train(S.required().stripUnknown().cast(user)); //! user.email user.id
train(await S.validate(user, { stripUnknown: true })); //! user.email user.id
train(S.cast({ id: "x", nested: user }, { stripUnknown: true })); //! none
train(yup.object({ of: S }).validateSync({ of: user }, { stripUnknown: true, abortEarly: false })); //! user.email user.id
train(S.noUnknown().validateSync(user, { stripUnknown: false }).name); //! user.name`,
);

check(
  "shapes are picked, left out, added to, joined",
  `const S = yup.object().shape({ id: yup.string(), email: yup.string() }).noUnknown();
train(S.pick(["id"]).cast(user)); //! user.id
train(S.omit(["email"]).cast(user)); //! user.id
train(S.shape({ name: yup.string() }).cast(user)); //! user.email user.id user.name
train(S.concat(yup.object({ name: yup.string() })).cast(user)); //! user.email user.id user.name
train(S.partial().cast(user)); //! user.email user.id
train(yup.object({ id: yup.string(), email: yup.string().strip() }).noUnknown().cast(user)); //! user.id`,
);

check(
  "arrays, defaults, transforms, conditions",
  `const S = yup.object({ id: yup.string().required() }).noUnknown();
train(yup.array().of(S).validateSync([user])); //! user.id
train(yup.array(S).min(1).validateSync([user])[0]); //! user.id
train(yup.string().trim().email().default(user.name).validateSync(user.email)); //! user.email
train(yup.object({ note: yup.string().default(user.email) }).cast({})); //! user.email
train(S.transform((u) => ({ id: u.name, prompt: u.prompt })).cast(user)); //! user.name
train(yup.mixed().transform((u) => u.email).cast(user)); //! user.email
train(yup.string().test("short", "too short", (s) => s.length > 1).nullable().cast(user.id)); //! user.id
train(yup.lazy(() => S).validateSync(user)); //! user.id
train(yup.object({ id: yup.string().when("kind", { is: "a", then: (s) => s.required() }) }).noUnknown().cast(user)); //! user.id`,
);

check(
  "guards strip nothing; errors hold the rejected value",
  `const S = yup.object({ id: yup.string().required(), email: yup.string().email() }).noUnknown();
train(S.isValidSync(user)); //! none
if (await S.isValid(user)) train(user.name); //! user.name
try {
  yup.object({ email: yup.string().email() }).validateSync(user);
} catch (error) {
  train(error.value); //! user.age user.email user.id user.name user.prompt user.tags
  train(error.inner[0].value); //! user.email
  train(error.errors); //! user.email
  train(error.path); //! none
}`,
);

/** The rules, each bad case beside its good neighbour, over programs of several files. */
import { RuleTester } from "@typescript-eslint/rule-tester";
import path from "node:path";
import { afterAll, describe, it } from "vitest";
import limitation from "../../rules/limitation.js";
import minimization from "../../rules/minimization.js";
import { END, HEAD, makeProject } from "./project.js";

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

/** A case lives in a project of its own: the program is read from disk, so the code has to be there too. */
function inProject(code: string, files: Readonly<Record<string, string | null>> = {}) {
  const root = makeProject({ ...files, "src/main.ts": code });
  return {
    code,
    filename: path.join(root, "src/main.ts"),
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  };
}

const tester = new RuleTester();

tester.run("limitation", limitation, {
  valid: [
    { name: "a field that was collected for the purpose", ...inProject(`${HEAD}upload(user.prompt); mail(user.email);\n${END}`) },
    { name: "a sink in another file", ...inProject(`import { toExample } from "./example.js";\nexport { toExample };\n`) },
    { name: "a length, which is no flow", ...inProject(`${HEAD}upload(user.email.length); mail(1);\n${END}`) },
  ],
  invalid: [
    {
      name: "a field collected for another purpose, as the argument itself",
      ...inProject(`${HEAD}upload(user.email);\nmail(user.email);\n${END}`),
      errors: [{ messageId: "finding", line: 4, column: 1, endLine: 4, endColumn: 19 }],
    },
    {
      name: "the same through a function of another file",
      ...inProject(`${HEAD}upload(toExample(user));\nmail(1);\n${END}`),
      errors: [{ messageId: "finding", line: 4, column: 1, endLine: 4, endColumn: 24 }],
    },
    {
      name: "a named property can be left out",
      ...inProject(`${HEAD}upload({ text: user.prompt, contact: user.email });\nmail(1);\n${END}`),
      errors: [
        {
          messageId: "finding",
          line: 4,
          suggestions: [
            {
              messageId: "dropProperty",
              data: { property: "contact", field: "user.email" },
              output: `${HEAD}upload({ text: user.prompt });\nmail(1);\n${END}`,
            },
          ],
        },
      ],
    },
  ],
});

tester.run("minimization", minimization, {
  valid: [
    { name: "what the sink needs", ...inProject(`${HEAD}upload({ text: user.prompt }); mail(user.email);\n${END}`) },
    {
      name: "a collection call that sends what is declared",
      ...inProject(`import { track } from "./sink.js";\ndeclare const page: string;\ntrack({ page });\n`),
    },
    {
      name: "a rest that leaves the field behind",
      ...inProject(`${HEAD}const { email, name, ...rest } = user;\nupload(rest); mail(email);\nmail(name);\n${END}`),
    },
  ],
  invalid: [
    {
      name: "a spread carries fields that nobody named: nothing to suggest",
      ...inProject(`${HEAD}upload({ ...user, id: 1 });\nmail(1);\n${END}`),
      errors: [
        { messageId: "finding", line: 4, suggestions: [] },
        { messageId: "finding", line: 4, suggestions: [] },
      ],
    },
    {
      name: "a shorthand property, last of several lines",
      ...inProject(`${HEAD}const { email, prompt } = user;\nupload({\n  prompt,\n  email,\n});\nmail(1);\n${END}`),
      errors: [
        {
          messageId: "finding",
          line: 5,
          suggestions: [
            {
              messageId: "dropProperty",
              data: { property: "email", field: "user.email" },
              output: `${HEAD}const { email, prompt } = user;\nupload({\n  prompt,\n});\nmail(1);\n${END}`,
            },
          ],
        },
      ],
    },
    {
      name: "in an element of an array, first of several",
      ...inProject(`${HEAD}upload([{ contact: user.email, text: user.prompt }]);\nmail(1);\n${END}`),
      errors: [
        {
          messageId: "finding",
          line: 4,
          suggestions: [
            {
              messageId: "dropProperty",
              data: { property: "contact", field: "user.email" },
              output: `${HEAD}upload([{ text: user.prompt }]);\nmail(1);\n${END}`,
            },
          ],
        },
      ],
    },
    {
      name: "a collection call that sends what no field is declared for",
      ...inProject(`import { track } from "./sink.js";\ndeclare const page: string, agent: string;\ntrack({ page, agent });\n`),
      errors: [
        {
          messageId: "finding",
          line: 3,
          suggestions: [
            {
              messageId: "dropProperty",
              data: { property: "agent", field: "event.agent" },
              output: `import { track } from "./sink.js";\ndeclare const page: string, agent: string;\ntrack({ page });\n`,
            },
          ],
        },
      ],
    },
    {
      name: "a text that a needed field shares is not taken away",
      ...inProject(`${HEAD}upload({ text: \`\${user.prompt} \${user.email}\` });\nmail(1);\n${END}`),
      errors: [{ messageId: "finding", line: 4, suggestions: [] }],
    },
    {
      name: "a call that would be lost with the property is not taken away",
      ...inProject(`${HEAD}upload({ contact: user.email.toLowerCase() });\nmail(1);\n${END}`),
      errors: [{ messageId: "finding", line: 4, suggestions: [] }],
    },
  ],
});

/** Generated from `packs/` by `generate-schema.ts`: the packs that come with this package, by name. */
export const BUNDLED_PACKS: Readonly<Record<string, string>> = {
  recommended: `# Calls of libraries that hand data to training, evaluation or publication. A sink here is active only in a manifest that has its
# purpose: \`train\`, \`evaluate\`. An entry of your own about the same call, argument and condition replaces the one here.
#
# Read from the packages' published types (openai 6, together-ai 0.52, @google/genai 2, @huggingface/hub 2).
# Not here: calls that only name data (a file's id, an \`s3Uri\`); what is behind the name is judged where it is written.
version: 1

sinks:
  # Uploads: the purpose is an argument of the same call.
  - {
      id: openai.files.create/fine-tune,
      purpose: train,
      call: "openai:OpenAI.files.create",
      argument: 0.file,
      when: { 0.purpose: fine-tune },
    }
  - { id: openai.files.create/evals, purpose: evaluate, call: "openai:OpenAI.files.create", argument: 0.file, when: { 0.purpose: evals } }
  # \`store: true\` keeps the conversation at the provider for distillation and evaluation.
  - {
      id: openai.chat.completions.create/store,
      purpose: train,
      call: "openai:OpenAI.chat.completions.create",
      argument: 0.messages,
      when: { 0.store: true },
    }

  - {
      id: together-ai.files.upload/fine-tune,
      purpose: train,
      call: "together-ai:Together.files.upload",
      argument: "0",
      when: { "1": fine-tune },
    }

  - { id: google-genai.tunings.tune, purpose: train, call: "@google/genai:GoogleGenAI.tunings.tune", argument: 0.trainingDataset }

  # A dataset that is published is a dataset to train on.
  - {
      id: huggingface-hub.uploadFile/dataset,
      purpose: train,
      call: "@huggingface/hub:uploadFile",
      argument: 0.file,
      when: { 0.repo.type: dataset },
    }
  - {
      id: huggingface-hub.uploadFiles/dataset,
      purpose: train,
      call: "@huggingface/hub:uploadFiles",
      argument: 0.files,
      when: { 0.repo.type: dataset },
    }

# A hash of personal data is a pseudonym, and stays personal data: Article 29 Working Party, Opinion 05/2014 (WP216).
transforms:
  - { call: "bcrypt:hash", yields: pseudonymised }
  - { call: "bcrypt:hashSync", yields: pseudonymised }
`,
};

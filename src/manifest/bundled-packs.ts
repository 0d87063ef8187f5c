/** Generated from `packs/` by `generate-schema.ts`: the packs that come with this package, by name. */
export const BUNDLED_PACKS: Readonly<Record<string, string>> = {
  amplitude: `# Amplitude: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @amplitude/analytics-node 1.
version: 1

sinks:
  - { id: amplitude.track, purpose: analytics, call: "@amplitude/analytics-node:track" }
  - { id: amplitude.logEvent, purpose: analytics, call: "@amplitude/analytics-node:logEvent" }
  - { id: amplitude.identify, purpose: analytics, call: "@amplitude/analytics-node:identify" }
`,
  "application-insights": `# Azure Application Insights: calls that hand data to telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of applicationinsights 3.
version: 1

sinks:
  - { id: applicationinsights.trackEvent, purpose: analytics, call: "applicationinsights:TelemetryClient.trackEvent", argument: "0" }
  - { id: applicationinsights.trackTrace, purpose: analytics, call: "applicationinsights:TelemetryClient.trackTrace", argument: "0" }
  - {
      id: applicationinsights.trackException,
      purpose: analytics,
      call: "applicationinsights:TelemetryClient.trackException",
      argument: "0",
    }
  - { id: applicationinsights.trackRequest, purpose: analytics, call: "applicationinsights:TelemetryClient.trackRequest", argument: "0" }
  - {
      id: applicationinsights.trackDependency,
      purpose: analytics,
      call: "applicationinsights:TelemetryClient.trackDependency",
      argument: "0",
    }
  - { id: applicationinsights.trackPageView, purpose: analytics, call: "applicationinsights:TelemetryClient.trackPageView", argument: "0" }
  - { id: applicationinsights.trackMetric, purpose: analytics, call: "applicationinsights:TelemetryClient.trackMetric", argument: "0" }
  - {
      id: applicationinsights.trackAvailability,
      purpose: analytics,
      call: "applicationinsights:TelemetryClient.trackAvailability",
      argument: "0",
    }
`,
  aws: `# AWS: calls that hand data to training and evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @aws-sdk/client-bedrock, client-sagemaker and client-sagemaker-featurestore-runtime 3.
version: 1

sinks:
  # Where the data are is named by URIs of S3: all that was written there.
  - {
      id: bedrock.CreateModelCustomizationJob,
      purpose: train,
      call: "@aws-sdk/client-bedrock:CreateModelCustomizationJobCommand",
      argument: 0.trainingDataConfig,
    }
  - {
      id: bedrock.CreateEvaluationJob,
      purpose: evaluate,
      call: "@aws-sdk/client-bedrock:CreateEvaluationJobCommand",
      argument: 0.evaluationConfig,
    }
  - {
      id: sagemaker.CreateTrainingJob,
      purpose: train,
      call: "@aws-sdk/client-sagemaker:CreateTrainingJobCommand",
      argument: 0.InputDataConfig,
    }
  - {
      id: sagemaker.CreateAutoMLJobV2,
      purpose: train,
      call: "@aws-sdk/client-sagemaker:CreateAutoMLJobV2Command",
      argument: 0.AutoMLJobInputDataConfig,
    }
  # A feature group is what models are trained on.
  - { id: sagemaker.PutRecord, purpose: train, call: "@aws-sdk/client-sagemaker-featurestore-runtime:PutRecordCommand", argument: 0.Record }
`,
  "brain-js": `# brain.js: calls that hand data to training. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of brain.js 1.6.
version: 1

sinks:
  - { id: brain.NeuralNetwork.train, purpose: train, call: "brain.js:NeuralNetwork.train", argument: "0" }
  - { id: brain.NeuralNetwork.trainAsync, purpose: train, call: "brain.js:NeuralNetwork.trainAsync", argument: "0" }
  - { id: brain.NeuralNetworkGPU.train, purpose: train, call: "brain.js:NeuralNetworkGPU.train", argument: "0" }
  - { id: brain.recurrent.LSTM.train, purpose: train, call: "brain.js:recurrent.LSTM.train", argument: "0" }
  - { id: brain.recurrent.GRU.train, purpose: train, call: "brain.js:recurrent.GRU.train", argument: "0" }
  - { id: brain.recurrent.RNN.train, purpose: train, call: "brain.js:recurrent.RNN.train", argument: "0" }
`,
  braintrust: `# Braintrust: calls that hand data to evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of braintrust 3.
version: 1

sinks:
  - { id: braintrust.Dataset.insert, purpose: evaluate, call: "braintrust:Dataset.insert", argument: "0" }
`,
  chroma: `# Chroma: calls that hand data to retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of chromadb 3.
version: 1

sinks:
  - { id: chroma.add, purpose: retrieve, call: "chromadb:Collection.add", argument: "0" }
  - { id: chroma.upsert, purpose: retrieve, call: "chromadb:Collection.upsert", argument: "0" }
  - { id: chroma.update, purpose: retrieve, call: "chromadb:Collection.update", argument: "0" }
`,
  cohere: `# Cohere: calls that hand data to training and evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of cohere-ai 8.
version: 1

sinks:
  - { id: cohere.datasets.create, purpose: train, call: "cohere-ai:CohereClient.datasets.create", argument: "0" }
  - { id: cohere.datasets.create/eval, purpose: evaluate, call: "cohere-ai:CohereClient.datasets.create", argument: "1" }
  # The settings name a dataset.
  - {
      id: cohere.finetuning.createFinetunedModel,
      purpose: train,
      call: "cohere-ai:CohereClient.finetuning.createFinetunedModel",
      argument: 0.settings,
    }
`,
  datadog: `# Datadog: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @datadog/browser-rum 7.
version: 1

sinks:
  - { id: datadog.addAction, purpose: analytics, call: "@datadog/browser-rum:datadogRum.addAction" }
  - { id: datadog.addError, purpose: analytics, call: "@datadog/browser-rum:datadogRum.addError" }
  - { id: datadog.setUser, purpose: analytics, call: "@datadog/browser-rum:datadogRum.setUser" }
  - { id: datadog.setGlobalContext, purpose: analytics, call: "@datadog/browser-rum:datadogRum.setGlobalContext" }
`,
  google: `# Google: calls that hand data to training and retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @google/genai 2 and @google-cloud/aiplatform 6.
version: 1

sinks:
  # \`examples\` are in it, \`gcsUri\` names objects in a bucket: all that was written to them.
  - { id: google-genai.tunings.tune, purpose: train, call: "@google/genai:GoogleGenAI.tunings.tune", argument: 0.trainingDataset }
  # Where data are is named by URIs of buckets, as in \`gcsSource\` and \`trainingDatasetUri\`: all that was written there.
  - {
      id: aiplatform.createTuningJob,
      purpose: train,
      call: "@google-cloud/aiplatform:GenAiTuningServiceClient.createTuningJob",
      argument: 0.tuningJob,
    }
  - {
      id: aiplatform.createTrainingPipeline,
      purpose: train,
      call: "@google-cloud/aiplatform:PipelineServiceClient.createTrainingPipeline",
      argument: 0.trainingPipeline,
    }
  - {
      id: aiplatform.createPipelineJob,
      purpose: train,
      call: "@google-cloud/aiplatform:PipelineServiceClient.createPipelineJob",
      argument: 0.pipelineJob,
    }
  - {
      id: aiplatform.createCustomJob,
      purpose: train,
      call: "@google-cloud/aiplatform:JobServiceClient.createCustomJob",
      argument: 0.customJob,
    }
  - {
      id: aiplatform.createHyperparameterTuningJob,
      purpose: train,
      call: "@google-cloud/aiplatform:JobServiceClient.createHyperparameterTuningJob",
      argument: 0.hyperparameterTuningJob,
    }
  - {
      id: aiplatform.importData,
      purpose: train,
      call: "@google-cloud/aiplatform:DatasetServiceClient.importData",
      argument: 0.importConfigs,
    }
  - {
      id: aiplatform.importFeatureValues,
      purpose: train,
      call: "@google-cloud/aiplatform:FeaturestoreServiceClient.importFeatureValues",
      argument: "0",
    }
  - {
      id: aiplatform.writeFeatureValues,
      purpose: train,
      call: "@google-cloud/aiplatform:FeaturestoreOnlineServingServiceClient.writeFeatureValues",
      argument: 0.payloads,
    }
  - {
      id: aiplatform.upsertDatapoints,
      purpose: retrieve,
      call: "@google-cloud/aiplatform:IndexServiceClient.upsertDatapoints",
      argument: 0.datapoints,
    }
`,
  huggingface: `# Hugging Face: calls that hand data to training. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @huggingface/hub 2.
version: 1

sinks:
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
  - {
      id: huggingface-hub.uploadFilesWithProgress/dataset,
      purpose: train,
      call: "@huggingface/hub:uploadFilesWithProgress",
      argument: 0.files,
      when: { 0.repo.type: dataset },
    }
  - {
      id: huggingface-hub.commit/dataset,
      purpose: train,
      call: "@huggingface/hub:commit",
      argument: 0.operations,
      when: { 0.repo.type: dataset },
    }
`,
  "langfuse-tracing": `# Langfuse's traces: calls that hand data to telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @langfuse/tracing 5, @langfuse/client 5 and langfuse 3.
version: 1

sinks:
  - { id: langfuse-tracing.startObservation, purpose: analytics, call: "@langfuse/tracing:startObservation", argument: "1" }
  - { id: langfuse-tracing.LangfuseSpan.update, purpose: analytics, call: "@langfuse/tracing:LangfuseSpan.update", argument: "0" }
  - {
      id: langfuse-tracing.LangfuseSpan.startObservation,
      purpose: analytics,
      call: "@langfuse/tracing:LangfuseSpan.startObservation",
      argument: "1",
    }
  - {
      id: langfuse-tracing.LangfuseGeneration.update,
      purpose: analytics,
      call: "@langfuse/tracing:LangfuseGeneration.update",
      argument: "0",
    }
  - { id: langfuse-tracing.updateActiveObservation, purpose: analytics, call: "@langfuse/tracing:updateActiveObservation", argument: "0" }
  - { id: langfuse-tracing.setActiveTraceIO, purpose: analytics, call: "@langfuse/tracing:setActiveTraceIO", argument: "0" }
  - { id: langfuse-tracing.propagateAttributes, purpose: analytics, call: "@langfuse/tracing:propagateAttributes", argument: "0" }
  - { id: langfuse-client.score.create, purpose: analytics, call: "@langfuse/client:LangfuseClient.score.create", argument: "0" }
  - { id: langfuse.trace, purpose: analytics, call: "langfuse:Langfuse.trace", argument: "0" }
  - { id: langfuse.span, purpose: analytics, call: "langfuse:Langfuse.span", argument: "0" }
  - { id: langfuse.generation, purpose: analytics, call: "langfuse:Langfuse.generation", argument: "0" }
  - { id: langfuse.event, purpose: analytics, call: "langfuse:Langfuse.event", argument: "0" }
  - { id: langfuse.score, purpose: analytics, call: "langfuse:Langfuse.score", argument: "0" }
  - { id: langfuse.LangfuseTraceClient.update, purpose: analytics, call: "langfuse:LangfuseTraceClient.update", argument: "0" }
  - { id: langfuse.LangfuseTraceClient.span, purpose: analytics, call: "langfuse:LangfuseTraceClient.span", argument: "0" }
  - { id: langfuse.LangfuseTraceClient.generation, purpose: analytics, call: "langfuse:LangfuseTraceClient.generation", argument: "0" }
  - { id: langfuse.LangfuseTraceClient.event, purpose: analytics, call: "langfuse:LangfuseTraceClient.event", argument: "0" }
  - { id: langfuse.LangfuseTraceClient.score, purpose: analytics, call: "langfuse:LangfuseTraceClient.score", argument: "0" }
  - { id: langfuse.LangfuseSpanClient.update, purpose: analytics, call: "langfuse:LangfuseSpanClient.update", argument: "0" }
  - { id: langfuse.LangfuseSpanClient.end, purpose: analytics, call: "langfuse:LangfuseSpanClient.end", argument: "0" }
  - { id: langfuse.LangfuseGenerationClient.update, purpose: analytics, call: "langfuse:LangfuseGenerationClient.update", argument: "0" }
  - { id: langfuse.LangfuseGenerationClient.end, purpose: analytics, call: "langfuse:LangfuseGenerationClient.end", argument: "0" }
`,
  langfuse: `# Langfuse: calls that hand data to evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of langfuse 3 and @langfuse/client 5.
version: 1

sinks:
  - { id: langfuse.createDatasetItem, purpose: evaluate, call: "langfuse:Langfuse.createDatasetItem", argument: "0" }
  - { id: langfuse-client.dataset.createItem, purpose: evaluate, call: "@langfuse/client:LangfuseClient.dataset.createItem", argument: "0" }
  - {
      id: langfuse-client.api.datasetItems.create,
      purpose: evaluate,
      call: "@langfuse/client:LangfuseClient.api.datasetItems.create",
      argument: "0",
    }
`,
  "langsmith-tracing": `# LangSmith's runs: calls that hand data to telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of langsmith 0.12.
version: 1

sinks:
  - { id: langsmith.createRun, purpose: analytics, call: "langsmith:Client.createRun", argument: "0" }
  - { id: langsmith.updateRun, purpose: analytics, call: "langsmith:Client.updateRun", argument: "1" }
  - { id: langsmith.createFeedback, purpose: analytics, call: "langsmith:Client.createFeedback" }
  - { id: langsmith.RunTree, purpose: analytics, call: "langsmith:RunTree", argument: "0" }
  - { id: langsmith.RunTree.createChild, purpose: analytics, call: "langsmith:RunTree.createChild", argument: "0" }
  - { id: langsmith.RunTree.end, purpose: analytics, call: "langsmith:RunTree.end" }
  - { id: langsmith.RunTree.addEvent, purpose: analytics, call: "langsmith:RunTree.addEvent", argument: "0" }
`,
  langsmith: `# LangSmith: calls that hand data to evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of langsmith 0.12.
version: 1

sinks:
  # Examples of datasets are what experiments are run on.
  - { id: langsmith.createExample, purpose: evaluate, call: "langsmith:Client.createExample", argument: "0" }
  # An older signature: what went in, what came out.
  - { id: langsmith.createExample/outputs, purpose: evaluate, call: "langsmith:Client.createExample", argument: "1" }
  - { id: langsmith.createExamples, purpose: evaluate, call: "langsmith:Client.createExamples", argument: "0" }
  - { id: langsmith.createLLMExample, purpose: evaluate, call: "langsmith:Client.createLLMExample", argument: "0" }
  - { id: langsmith.createLLMExample/generation, purpose: evaluate, call: "langsmith:Client.createLLMExample", argument: "1" }
  - { id: langsmith.createChatExample, purpose: evaluate, call: "langsmith:Client.createChatExample", argument: "0" }
  - { id: langsmith.createChatExample/generations, purpose: evaluate, call: "langsmith:Client.createChatExample", argument: "1" }
  - { id: langsmith.updateExample, purpose: evaluate, call: "langsmith:Client.updateExample" }
  - { id: langsmith.updateExamples, purpose: evaluate, call: "langsmith:Client.updateExamples", argument: "0" }
  - { id: langsmith.uploadCsv, purpose: evaluate, call: "langsmith:Client.uploadCsv", argument: 0.csvFile }
  - { id: langsmith.uploadExamplesMultipart, purpose: evaluate, call: "langsmith:Client.uploadExamplesMultipart", argument: "1" }
`,
  mistral: `# Mistral: calls that hand data to training and evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @mistralai/mistralai 1.15.
version: 1

sinks:
  - {
      id: mistral.files.upload/fine-tune,
      purpose: train,
      call: "@mistralai/mistralai:Mistral.files.upload",
      argument: 0.file,
      when: { 0.purpose: fine-tune },
    }
  # A job is given the ids of uploads.
  - {
      id: mistral.fineTuning.jobs.create,
      purpose: train,
      call: "@mistralai/mistralai:Mistral.fineTuning.jobs.create",
      argument: 0.trainingFiles,
    }
  - {
      id: mistral.fineTuning.jobs.create/validation,
      purpose: train,
      call: "@mistralai/mistralai:Mistral.fineTuning.jobs.create",
      argument: 0.validationFiles,
    }
`,
  mixpanel: `# Mixpanel: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of mixpanel 0.24.
version: 1

sinks:
  - { id: mixpanel.track, purpose: analytics, call: "mixpanel:Mixpanel.track" }
  - { id: mixpanel.track_batch, purpose: analytics, call: "mixpanel:Mixpanel.track_batch" }
  - { id: mixpanel.import, purpose: analytics, call: "mixpanel:Mixpanel.import" }
`,
  mlflow: `# MLflow's traces: calls that hand data to telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the source of mlflow-tracing 0.1 (github.com/mlflow/mlflow, libs/typescript/core).
version: 1

sinks:
  - { id: mlflow.startSpan, purpose: analytics, call: "mlflow-tracing:startSpan", argument: "0" }
  - { id: mlflow.withSpan, purpose: analytics, call: "mlflow-tracing:withSpan", argument: "1" }
  - { id: mlflow.updateCurrentTrace, purpose: analytics, call: "mlflow-tracing:updateCurrentTrace", argument: "0" }
  - { id: mlflow.LiveSpan.setInputs, purpose: analytics, call: "mlflow-tracing:LiveSpan.setInputs", argument: "0" }
  - { id: mlflow.LiveSpan.setOutputs, purpose: analytics, call: "mlflow-tracing:LiveSpan.setOutputs", argument: "0" }
  - { id: mlflow.LiveSpan.setAttribute, purpose: analytics, call: "mlflow-tracing:LiveSpan.setAttribute" }
  - { id: mlflow.LiveSpan.setAttributes, purpose: analytics, call: "mlflow-tracing:LiveSpan.setAttributes", argument: "0" }
  - { id: mlflow.LiveSpan.addEvent, purpose: analytics, call: "mlflow-tracing:LiveSpan.addEvent", argument: "0" }
  - { id: mlflow.LiveSpan.recordException, purpose: analytics, call: "mlflow-tracing:LiveSpan.recordException", argument: "0" }
  - { id: mlflow.LiveSpan.end, purpose: analytics, call: "mlflow-tracing:LiveSpan.end", argument: "0" }
`,
  openai: `# OpenAI: calls that hand data to training, evaluation and retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of openai 6.
version: 1

sinks:
  # Uploads: what they are for is an argument of the same call.
  - {
      id: openai.files.create/fine-tune,
      purpose: train,
      call: "openai:OpenAI.files.create",
      argument: 0.file,
      when: { 0.purpose: fine-tune },
    }
  - { id: openai.files.create/evals, purpose: evaluate, call: "openai:OpenAI.files.create", argument: 0.file, when: { 0.purpose: evals } }
  # A job is given the ids of uploads, and takes what was uploaded.
  - { id: openai.fineTuning.jobs.create, purpose: train, call: "openai:OpenAI.fineTuning.jobs.create", argument: 0.training_file }
  - {
      id: openai.fineTuning.jobs.create/validation,
      purpose: train,
      call: "openai:OpenAI.fineTuning.jobs.create",
      argument: 0.validation_file,
    }
  # \`store: true\` keeps the conversation at the provider for distillation and evaluation.
  - {
      id: openai.chat.completions.create/store,
      purpose: train,
      call: "openai:OpenAI.chat.completions.create",
      argument: 0.messages,
      when: { 0.store: true },
    }
  - { id: openai.evals.create, purpose: evaluate, call: "openai:OpenAI.evals.create", argument: "0" }
  - { id: openai.evals.runs.create, purpose: evaluate, call: "openai:OpenAI.evals.runs.create", argument: 1.data_source }
  # What is searched to answer from is not trained on.
  - { id: openai.vectorStores.create, purpose: retrieve, call: "openai:OpenAI.vectorStores.create", argument: 0.file_ids }
  - { id: openai.vectorStores.files.create, purpose: retrieve, call: "openai:OpenAI.vectorStores.files.create", argument: "1" }
  - {
      id: openai.vectorStores.files.createAndPoll,
      purpose: retrieve,
      call: "openai:OpenAI.vectorStores.files.createAndPoll",
      argument: "1",
    }
  - { id: openai.vectorStores.files.upload, purpose: retrieve, call: "openai:OpenAI.vectorStores.files.upload", argument: "1" }
  - {
      id: openai.vectorStores.files.uploadAndPoll,
      purpose: retrieve,
      call: "openai:OpenAI.vectorStores.files.uploadAndPoll",
      argument: "1",
    }
  - { id: openai.vectorStores.fileBatches.create, purpose: retrieve, call: "openai:OpenAI.vectorStores.fileBatches.create", argument: "1" }
  - {
      id: openai.vectorStores.fileBatches.createAndPoll,
      purpose: retrieve,
      call: "openai:OpenAI.vectorStores.fileBatches.createAndPoll",
      argument: "1",
    }
  - {
      id: openai.vectorStores.fileBatches.uploadAndPoll,
      purpose: retrieve,
      call: "openai:OpenAI.vectorStores.fileBatches.uploadAndPoll",
      argument: "1",
    }
  - { id: openai.fineTuning.alpha.graders.run, purpose: evaluate, call: "openai:OpenAI.fineTuning.alpha.graders.run", argument: "0" }
`,
  openpipe: `# OpenPipe: calls that hand data to training. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of openpipe 1.
version: 1

sinks:
  # What is reported is kept to train on.
  - { id: openpipe.report, purpose: train, call: "openpipe/client:default.report", argument: "0" }
  - { id: openpipe.reportAnthropic, purpose: train, call: "openpipe/client:default.reportAnthropic", argument: "0" }
  - { id: openpipe.createDatasetEntries, purpose: train, call: "openpipe/client:default.createDatasetEntries", argument: "1" }
  - { id: openpipe.createModel, purpose: train, call: "openpipe/client:default.createModel", argument: "0" }
`,
  opentelemetry: `# OpenTelemetry: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @opentelemetry/api 1.
version: 1

sinks:
  - { id: opentelemetry.Span.setAttribute, purpose: analytics, call: "@opentelemetry/api:Span.setAttribute" }
  - { id: opentelemetry.Span.setAttributes, purpose: analytics, call: "@opentelemetry/api:Span.setAttributes" }
  - { id: opentelemetry.Span.addEvent, purpose: analytics, call: "@opentelemetry/api:Span.addEvent" }
  - { id: opentelemetry.Span.recordException, purpose: analytics, call: "@opentelemetry/api:Span.recordException" }
`,
  pinecone: `# Pinecone: calls that hand data to retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @pinecone-database/pinecone 8.
version: 1

sinks:
  # What is searched to answer from is not trained on.
  - { id: pinecone.upsert, purpose: retrieve, call: "@pinecone-database/pinecone:Index.upsert", argument: "0" }
  - { id: pinecone.upsertRecords, purpose: retrieve, call: "@pinecone-database/pinecone:Index.upsertRecords", argument: "0" }
  - { id: pinecone.update, purpose: retrieve, call: "@pinecone-database/pinecone:Index.update", argument: "0" }
`,
  posthog: `# PostHog: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of posthog-node 5 and posthog-js 1.
version: 1

sinks:
  - { id: posthog.node.capture, purpose: analytics, call: "posthog-node:PostHog.capture", argument: "0" }
  - { id: posthog.node.captureImmediate, purpose: analytics, call: "posthog-node:PostHog.captureImmediate", argument: "0" }
  - { id: posthog.node.identify, purpose: analytics, call: "posthog-node:PostHog.identify", argument: "0" }
  - { id: posthog.node.alias, purpose: analytics, call: "posthog-node:PostHog.alias", argument: "0" }
  - { id: posthog.node.groupIdentify, purpose: analytics, call: "posthog-node:PostHog.groupIdentify", argument: "0" }
  - { id: posthog.node.captureException, purpose: analytics, call: "posthog-node:PostHog.captureException" }
  - { id: posthog.js.capture, purpose: analytics, call: "posthog-js:PostHog.capture", argument: "1" }
  - { id: posthog.js.identify, purpose: analytics, call: "posthog-js:PostHog.identify" }
  - { id: posthog.js.setPersonProperties, purpose: analytics, call: "posthog-js:PostHog.setPersonProperties" }
  - { id: posthog.js.register, purpose: analytics, call: "posthog-js:PostHog.register", argument: "0" }
  - { id: posthog.js.captureTraceFeedback, purpose: analytics, call: "posthog-js:PostHog.captureTraceFeedback" }
`,
  qdrant: `# Qdrant: calls that hand data to retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @qdrant/js-client-rest 1.
version: 1

sinks:
  - { id: qdrant.upsert, purpose: retrieve, call: "@qdrant/js-client-rest:QdrantClient.upsert", argument: "1" }
  - { id: qdrant.setPayload, purpose: retrieve, call: "@qdrant/js-client-rest:QdrantClient.setPayload", argument: "1" }
  - { id: qdrant.overwritePayload, purpose: retrieve, call: "@qdrant/js-client-rest:QdrantClient.overwritePayload", argument: "1" }
`,
  recommended: `# What libraries train and evaluate on, and search: a pack for each vendor, each of which can be extended alone. A sink is active only in a manifest
# that has its purpose: \`train\`, \`evaluate\`, \`retrieve\`. An entry of your own about the same call, argument and condition replaces the one here.
# Not among them are the packs of telemetry, for a purpose \`analytics\`: \`amplitude\`, \`application-insights\`, \`datadog\`, \`langfuse-tracing\`,
# \`langsmith-tracing\`, \`mixpanel\`, \`mlflow\`, \`opentelemetry\`, \`posthog\`, \`rudderstack\`, \`segment\`, \`sentry\`, \`statsig\`.
version: 1
extends:
  - purpose-lint/aws
  - purpose-lint/brain-js
  - purpose-lint/braintrust
  - purpose-lint/chroma
  - purpose-lint/cohere
  - purpose-lint/google
  - purpose-lint/huggingface
  - purpose-lint/langfuse
  - purpose-lint/langsmith
  - purpose-lint/mistral
  - purpose-lint/openai
  - purpose-lint/openpipe
  - purpose-lint/pinecone
  - purpose-lint/qdrant
  - purpose-lint/tensorflow
  - purpose-lint/together-ai
  - purpose-lint/weave
  - purpose-lint/weaviate

# A hash of personal data is a pseudonym, and stays personal data: Article 29 Working Party, Opinion 05/2014 (WP216).
transforms:
  - { call: "bcrypt:hash", yields: pseudonymised }
  - { call: "bcrypt:hashSync", yields: pseudonymised }
`,
  rudderstack: `# RudderStack: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @rudderstack/rudder-sdk-node 3.
version: 1

sinks:
  - { id: rudderstack.track, purpose: analytics, call: "@rudderstack/rudder-sdk-node:default.track", argument: "0" }
  - { id: rudderstack.identify, purpose: analytics, call: "@rudderstack/rudder-sdk-node:default.identify", argument: "0" }
  - { id: rudderstack.group, purpose: analytics, call: "@rudderstack/rudder-sdk-node:default.group", argument: "0" }
  - { id: rudderstack.page, purpose: analytics, call: "@rudderstack/rudder-sdk-node:default.page", argument: "0" }
  - { id: rudderstack.screen, purpose: analytics, call: "@rudderstack/rudder-sdk-node:default.screen", argument: "0" }
`,
  segment: `# Segment: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @segment/analytics-node 3.
version: 1

sinks:
  - { id: segment.track, purpose: analytics, call: "@segment/analytics-node:Analytics.track", argument: "0" }
  - { id: segment.identify, purpose: analytics, call: "@segment/analytics-node:Analytics.identify", argument: "0" }
  - { id: segment.group, purpose: analytics, call: "@segment/analytics-node:Analytics.group", argument: "0" }
  - { id: segment.page, purpose: analytics, call: "@segment/analytics-node:Analytics.page", argument: "0" }
  - { id: segment.screen, purpose: analytics, call: "@segment/analytics-node:Analytics.screen", argument: "0" }
  - { id: segment.alias, purpose: analytics, call: "@segment/analytics-node:Analytics.alias", argument: "0" }
`,
  sentry: `# Sentry: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @sentry/node, @sentry/browser and @sentry/react 11.
version: 1

sinks:
  - { id: sentry.captureException, purpose: analytics, call: "@sentry/node:captureException" }
  - { id: sentry.captureMessage, purpose: analytics, call: "@sentry/node:captureMessage" }
  - { id: sentry.captureEvent, purpose: analytics, call: "@sentry/node:captureEvent" }
  - { id: sentry.captureFeedback, purpose: analytics, call: "@sentry/node:captureFeedback" }
  - { id: sentry.setUser, purpose: analytics, call: "@sentry/node:setUser" }
  - { id: sentry.setContext, purpose: analytics, call: "@sentry/node:setContext" }
  - { id: sentry.setTag, purpose: analytics, call: "@sentry/node:setTag" }
  - { id: sentry.setTags, purpose: analytics, call: "@sentry/node:setTags" }
  - { id: sentry.addBreadcrumb, purpose: analytics, call: "@sentry/node:addBreadcrumb" }
  - { id: sentry.browser.captureException, purpose: analytics, call: "@sentry/browser:captureException" }
  - { id: sentry.browser.captureMessage, purpose: analytics, call: "@sentry/browser:captureMessage" }
  - { id: sentry.browser.captureEvent, purpose: analytics, call: "@sentry/browser:captureEvent" }
  - { id: sentry.browser.captureFeedback, purpose: analytics, call: "@sentry/browser:captureFeedback" }
  - { id: sentry.browser.setUser, purpose: analytics, call: "@sentry/browser:setUser" }
  - { id: sentry.browser.setContext, purpose: analytics, call: "@sentry/browser:setContext" }
  - { id: sentry.browser.setTag, purpose: analytics, call: "@sentry/browser:setTag" }
  - { id: sentry.browser.setTags, purpose: analytics, call: "@sentry/browser:setTags" }
  - { id: sentry.browser.addBreadcrumb, purpose: analytics, call: "@sentry/browser:addBreadcrumb" }
  - { id: sentry.react.captureException, purpose: analytics, call: "@sentry/react:captureException" }
  - { id: sentry.react.captureMessage, purpose: analytics, call: "@sentry/react:captureMessage" }
  - { id: sentry.react.captureEvent, purpose: analytics, call: "@sentry/react:captureEvent" }
  - { id: sentry.react.captureFeedback, purpose: analytics, call: "@sentry/react:captureFeedback" }
  - { id: sentry.react.setUser, purpose: analytics, call: "@sentry/react:setUser" }
  - { id: sentry.react.setContext, purpose: analytics, call: "@sentry/react:setContext" }
  - { id: sentry.react.setTag, purpose: analytics, call: "@sentry/react:setTag" }
  - { id: sentry.react.setTags, purpose: analytics, call: "@sentry/react:setTags" }
  - { id: sentry.react.addBreadcrumb, purpose: analytics, call: "@sentry/react:addBreadcrumb" }
`,
  statsig: `# Statsig: calls that hand data to analytics, which is telemetry. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of statsig-node 6.
version: 1

sinks:
  - { id: statsig.logEvent, purpose: analytics, call: "statsig-node:logEvent" }
`,
  tensorflow: `# TensorFlow.js: calls that hand data to training. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of @tensorflow/tfjs-layers 4.
version: 1

sinks:
  - { id: tfjs.LayersModel.fit, purpose: train, call: "@tensorflow/tfjs-layers:LayersModel.fit" }
  - { id: tfjs.LayersModel.fitDataset, purpose: train, call: "@tensorflow/tfjs-layers:LayersModel.fitDataset", argument: "0" }
  - { id: tfjs.LayersModel.trainOnBatch, purpose: train, call: "@tensorflow/tfjs-layers:LayersModel.trainOnBatch" }
`,
  "together-ai": `# Together AI: calls that hand data to training and evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of together-ai 0.52.
version: 1

sinks:
  - {
      id: together-ai.files.upload/fine-tune,
      purpose: train,
      call: "together-ai:Together.files.upload",
      argument: "0",
      when: { "1": fine-tune },
    }
  # A job is given the ids of uploads.
  - { id: together-ai.fineTuning.create, purpose: train, call: "together-ai:Together.fineTuning.create", argument: 0.training_file }
  - {
      id: together-ai.fineTuning.create/validation,
      purpose: train,
      call: "together-ai:Together.fineTuning.create",
      argument: 0.validation_file,
    }
  - { id: together-ai.files.upload/eval, purpose: evaluate, call: "together-ai:Together.files.upload", argument: "0", when: { "1": eval } }
`,
  weave: `# Weights & Biases Weave: calls that hand data to evaluation. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of weave 0.11.
version: 1

sinks:
  - { id: weave.Dataset, purpose: evaluate, call: "weave:Dataset", argument: 0.rows }
  - { id: weave.EvaluationLogger.logPrediction, purpose: evaluate, call: "weave:EvaluationLogger.logPrediction" }
`,
  weaviate: `# Weaviate: calls that hand data to retrieval. A sink here is active only in a manifest that has its purpose.
# Checked against the published types of weaviate-client 3.
version: 1

sinks:
  - { id: weaviate.data.insert, purpose: retrieve, call: "weaviate-client:Collection.data.insert", argument: "0" }
  - { id: weaviate.data.insertMany, purpose: retrieve, call: "weaviate-client:Collection.data.insertMany", argument: "0" }
  - { id: weaviate.data.update, purpose: retrieve, call: "weaviate-client:Collection.data.update", argument: "0" }
  - { id: weaviate.data.replace, purpose: retrieve, call: "weaviate-client:Collection.data.replace", argument: "0" }
`,
};

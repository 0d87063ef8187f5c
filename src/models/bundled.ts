/** Generated from `models/` by `generate-schema.ts`: the libraries that this package describes. Each is read when a program imports it. */

/** The files' text, by name. */
export const BUNDLED_MODELS: Readonly<Record<string, string>> = {
  agenda: `# yaml-language-server: $schema=../schema/models.schema.json
# Jobs by name, now, later or again and again: https://github.com/agenda/agenda
version: 1
package: [agenda, "@hokify/agenda"]

types:
  Agenda: { like: "node:events:EventEmitter", exported: [default, Agenda] }
  Job: {}

functions:
  - call: Agenda.define
    later: true
    flows:
      - { from: new Job, to: [callback 1 parameter 0, callback 2 parameter 0] }
      - { from: argument 0, to: [callback 1 parameter 0.attrs.name, callback 2 parameter 0.attrs.name] }
      - { from: place agenda(argument 0), to: [callback 1 parameter 0.attrs.data, callback 2 parameter 0.attrs.data] }
  - call: [now, create]
    of: Agenda
    async: true
    result: Job
    flows:
      - { from: argument 1, to: [place agenda(argument 0), result.attrs.data] }
      - { from: argument 0, to: result.attrs.name }
  - call: [schedule, every]
    of: Agenda
    async: true
    result: Job
    flows:
      - { from: argument 2, to: [place agenda(argument 1), "place agenda(argument 1[*])", result.attrs.data] }
  - call: Agenda.jobs
    undeclared: true
    async: true
    result: array
    flows:
      - { from: new Job, to: "result[*]" }
      - { from: place agenda(*), to: "result[*].attrs.data" }
  - { call: [start, stop, drain, cancel, purge, close], of: Agenda, undeclared: true, async: true }
  - {
      call: [repeatEvery, repeatAt, schedule, priority, unique, setShouldSaveResult, enable, disable, fail],
      of: Job,
      undeclared: true,
      flows: [{ from: receiver, to: result }],
    }
  - { call: [save, remove, run, touch], of: Job, undeclared: true, async: true, flows: [{ from: receiver, to: result }] }
`,
  "ai-providers": `# yaml-language-server: $schema=../schema/models.schema.json
# Providers of Vercel's AI SDK: a model's name gives the model, and nothing of it comes back.
version: 1
package: ["@ai-sdk/gateway", "@ai-sdk/openai", "@ai-sdk/anthropic", "@ai-sdk/google", "@ai-sdk/mistral", "@ai-sdk/xai", "@ai-sdk/groq"]

functions:
  - call:
      - gateway
      - gateway.*
      - openai
      - openai.*
      - anthropic
      - anthropic.*
      - google
      - google.*
      - mistral
      - mistral.*
      - xai
      - xai.*
      - groq
      - groq.*
    undeclared: true
    result: unknown
`,
  ai: `# yaml-language-server: $schema=../schema/models.schema.json
# Vercel's AI SDK: what is around its calls of models. What a model answers spells out what it was asked, as for any library without a model.
version: 1
package: ai

types:
  Provider: {}

functions:
  # Messages as pages have them, as models take them: parts become content.
  - call: [convertToModelMessages, convertToCoreMessages]
    result: array
    flows:
      - { from: "argument 0[k].role", to: "result[k].role" }
      - { from: ["argument 0[k].parts[*]", "argument 0[k].content"], to: "result[k].content[*]", how: copy }
  - { call: pruneMessages, result: array, flows: [{ from: "argument 0.messages[k]", to: "result[*]" }] }
  - { call: validateUIMessages, async: true, flows: [{ from: argument 0.messages, to: result }] }

  # Tools and schemas are what they are made of: who is given a tool calls it.
  - { call: [tool, dynamicTool, jsonSchema, zodSchema, asSchema], undeclared: true, flows: [{ from: argument 0, to: result }] }

  # Which model, how often, how fast: settings, of which nothing comes back.
  - { call: [customProvider, createProviderRegistry], result: Provider }
  - { call: [languageModel, textEmbeddingModel, embeddingModel, imageModel], of: Provider, undeclared: true, result: unknown }
  - { call: [wrapLanguageModel, extractReasoningMiddleware], result: unknown }
  - { call: [stepCountIs, hasToolCall, smoothStream, simulateReadableStream, defaultSettingsMiddleware], result: unknown }
  - { call: generateId, result: string }
  - { call: createIdGenerator, gives: string, flows: [{ from: argument 0.prefix, to: result result, how: derived }] }

  - { call: cosineSimilarity, result: number }
  - call: embed
    async: true
    result: unknown
    flows:
      - { from: argument 0.value, to: result.value }
      - { from: argument 0.value, to: result.embedding, how: derived }
  - call: embedMany
    async: true
    result: unknown
    flows:
      - { from: argument 0.values, to: result.values }
      - { from: "argument 0.values[k]", to: "result.embeddings[k]", how: derived }
`,
  amqplib: `# yaml-language-server: $schema=../schema/models.schema.json
# RabbitMQ: messages go to a queue, or to an exchange and on to the queues that are bound to it: https://amqp-node.github.io/amqplib
version: 1
package: amqplib

types:
  ChannelModel: { exported: [ChannelModel, Connection] }
  Channel: { exported: [Channel, ConfirmChannel] }
  ConsumeMessage: { exported: [ConsumeMessage, GetMessage, Message] }

functions:
  - { call: connect, async: true, result: ChannelModel }
  - { call: [createChannel, createConfirmChannel], of: ChannelModel, async: true, result: Channel }
  - { call: [on, once], of: [ChannelModel, Channel], undeclared: true, flows: [{ from: receiver, to: result }] }
  - call: [sendToQueue]
    of: Channel
    result: boolean
    flows:
      - { from: argument 1, to: place amqp(argument 0).content }
      - { from: argument 2.headers, to: place amqp(argument 0).headers }
      - { from: argument 2.replyTo, to: place amqp(argument 0).replyTo }
  - call: Channel.publish
    result: boolean
    flows:
      # The exchange without a name hands on to the queue that the key names.
      - { from: argument 2, to: place amqp(argument 1).content, when: { argument 0: "" } }
      - { from: argument 2, to: "place amqp-exchange(argument 0, argument 1).content" }
      - { from: argument 3.headers, to: "place amqp-exchange(argument 0, argument 1).headers" }
  - call: Channel.bindQueue
    async: true
    flows: [{ from: "place amqp-exchange(argument 1, matching argument 2)", to: place amqp(argument 0) }]
  - call: Channel.bindExchange
    async: true
    flows: [{ from: "place amqp-exchange(argument 1, matching argument 2)", to: "place amqp-exchange(argument 0, argument 2)" }]
  - { call: [assertQueue, checkQueue], of: Channel, async: true, result: object, flows: [{ from: argument 0, to: result.queue }] }
  - { call: [assertExchange, checkExchange], of: Channel, async: true, result: object, flows: [{ from: argument 0, to: result.exchange }] }
  - call: Channel.consume
    async: true
    later: true
    result: object
    flows:
      - { from: new ConsumeMessage, to: callback 1 parameter 0 }
      - { from: place amqp(argument 0).content, to: callback 1 parameter 0.content }
      - { from: place amqp(argument 0).headers, to: callback 1 parameter 0.properties.headers }
      - { from: place amqp(argument 0).replyTo, to: callback 1 parameter 0.properties.replyTo }
  - call: Channel.get
    async: true
    result: [ConsumeMessage, boolean]
    flows:
      - { from: place amqp(argument 0).content, to: result.content }
      - { from: place amqp(argument 0).headers, to: result.properties.headers }
  - call: [prefetch, cancel, unbindQueue, deleteQueue, purgeQueue, deleteExchange, waitForConfirms, recover]
    of: Channel
    undeclared: true
    async: true
  - { call: [ack, ackAll, nack, nackAll, reject], of: Channel }
  - { call: close, of: [ChannelModel, Channel], async: true }
`,
  "aws-messages": `# yaml-language-server: $schema=../schema/models.schema.json
# Amazon's queues, topics and event buses. A command's effect is noted where it is made, and what it will give is kept in it for \`send\`.
# https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest
version: 1
package: ["@aws-sdk/client-sqs", "@aws-sdk/client-sns", "@aws-sdk/client-eventbridge"]

types:
  SQSClient: {}
  SQS: {}
  SNSClient: {}
  SNS: {}
  EventBridgeClient: {}
  EventBridge: {}
  Command: {}

functions:
  - call: [SQSClient.send, SQS.send, SNSClient.send, SNS.send, EventBridgeClient.send, EventBridge.send]
    async: true
    flows:
      - { from: argument 0.output, to: [result, callback 1 parameter 1, callback 2 parameter 1] }

  - call: SendMessageCommand
    result: Command
    flows: &send
      - { from: argument 0.MessageBody, to: place sqs(argument 0.QueueUrl).body }
      - { from: argument 0.MessageAttributes, to: place sqs(argument 0.QueueUrl).attributes }
      # Lambda writes them otherwise.
      - { from: "argument 0.MessageAttributes[k].StringValue", to: "place sqs(argument 0.QueueUrl).attributes[k].stringValue" }
  - { call: SQS.sendMessage, async: true, result: unknown, flows: *send }
  - call: SendMessageBatchCommand
    result: Command
    flows: &batch
      - { from: "argument 0.Entries[*].MessageBody", to: place sqs(argument 0.QueueUrl).body }
      - { from: "argument 0.Entries[*].MessageAttributes", to: place sqs(argument 0.QueueUrl).attributes }
  - { call: SQS.sendMessageBatch, async: true, result: unknown, flows: *batch }
  - call: ReceiveMessageCommand
    result: Command
    flows:
      - { from: place sqs(argument 0.QueueUrl).body, to: "result.output.Messages[*].Body" }
      - { from: place sqs(argument 0.QueueUrl).attributes, to: "result.output.Messages[*].MessageAttributes" }
  - call: SQS.receiveMessage
    async: true
    flows:
      - { from: place sqs(argument 0.QueueUrl).body, to: "result.Messages[*].Body" }
      - { from: place sqs(argument 0.QueueUrl).attributes, to: "result.Messages[*].MessageAttributes" }
  # The address of a queue stands for its name.
  - { call: GetQueueUrlCommand, result: Command, flows: [{ from: argument 0.QueueName, to: result.output.QueueUrl }] }
  - { call: SQS.getQueueUrl, async: true, flows: [{ from: argument 0.QueueName, to: result.QueueUrl }] }
  - { call: CreateQueueCommand, result: Command, flows: [{ from: argument 0.QueueName, to: result.output.QueueUrl }] }
  - call:
      [
        DeleteMessageCommand,
        DeleteMessageBatchCommand,
        ChangeMessageVisibilityCommand,
        ChangeMessageVisibilityBatchCommand,
        GetQueueAttributesCommand,
        PurgeQueueCommand,
      ]
    result: Command
  - {
      call: [SQS.deleteMessage, SQS.deleteMessageBatch, SQS.changeMessageVisibility, SQS.getQueueAttributes, SQS.purgeQueue],
      async: true,
      result: unknown,
    }

  - call: PublishCommand
    result: Command
    flows: &publish
      - { from: argument 0.Message, to: [place sns(argument 0.TopicArn).message, place sns(argument 0.TargetArn).message] }
      - { from: argument 0.Subject, to: place sns(argument 0.TopicArn).subject }
      # Queues that have subscribed to the topic get it in an envelope; which those are the code does not tell.
      - { from: argument 0, to: place sqs(*).body, how: stringified }
      - { from: argument 0.MessageAttributes, to: place sns(argument 0.TopicArn).attributes }
      - { from: "argument 0.MessageAttributes[k].StringValue", to: "place sns(argument 0.TopicArn).attributes[k].Value" }
  - { call: SNS.publish, async: true, result: unknown, flows: *publish }
  - call: PublishBatchCommand
    result: Command
    flows: &publishBatch
      - { from: "argument 0.PublishBatchRequestEntries[*].Message", to: place sns(argument 0.TopicArn).message }
      - { from: "argument 0.PublishBatchRequestEntries[*]", to: place sqs(*).body, how: stringified }
      - { from: "argument 0.PublishBatchRequestEntries[*].Subject", to: place sns(argument 0.TopicArn).subject }
      - { from: "argument 0.PublishBatchRequestEntries[*].MessageAttributes", to: place sns(argument 0.TopicArn).attributes }
  - { call: SNS.publishBatch, async: true, result: unknown, flows: *publishBatch }

  - call: PutEventsCommand
    result: Command
    flows: &events
      - { from: "argument 0.Entries[k].Detail", to: "place eventbridge(argument 0.Entries[k].DetailType).detail", how: parsed }
  - { call: EventBridge.putEvents, async: true, result: unknown, flows: *events }
`,
  bedrock: `# yaml-language-server: $schema=../schema/models.schema.json
# What a model is invoked with, where invocations are logged, and the jobs that are given the log.
# https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
version: 1
package: ["@aws-sdk/client-bedrock-runtime", "@aws-sdk/client-bedrock"]

types:
  Command: {}

functions:
  - call: [InvokeModelCommand, InvokeModelWithResponseStreamCommand, ConverseCommand, ConverseStreamCommand]
    result: Command
    flows: [{ from: argument 0, to: [place bedrock-invocation(argument 0.modelId), result.input] }]
  - call: CreateModelCustomizationJobCommand
    result: Command
    flows: [{ from: argument 0, to: result.input }]
    fetches:
      - { from: place bedrock-invocation(*), to: argument 0.trainingDataConfig.invocationLogsConfig }
`,
  "bee-queue": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/bee-queue/bee-queue
version: 1
package: bee-queue

types:
  BeeQueue: { like: "node:events:EventEmitter", exported: [default, BeeQueue] }
  Job: {}

functions:
  - { call: default, result: BeeQueue, flows: [{ from: argument 0, to: result.name }] }
  - call: BeeQueue.createJob
    result: Job
    flows:
      - { from: argument 0, to: [place bee-queue(receiver.name), result.data] }
      - { from: receiver.name, to: result.queueName }
  - call: BeeQueue.process
    later: true
    flows:
      - { from: new Job, to: [callback 0 parameter 0, callback 1 parameter 0] }
      - { from: place bee-queue(receiver.name), to: [callback 0 parameter 0.data, callback 1 parameter 0.data] }
      - { from: [callback 0 result, callback 1 result], to: place bee-queue-result(receiver.name) }
  - call: [on, once]
    of: BeeQueue
    undeclared: true
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: new Job, to: callback 1 parameter 0, when: { argument 0: succeeded } }
      - { from: place bee-queue(receiver.name), to: callback 1 parameter 0.data, when: { argument 0: succeeded } }
      - { from: place bee-queue-result(receiver.name), to: callback 1 parameter 1, when: { argument 0: succeeded } }
      - { from: place bee-queue-result(receiver.name), to: callback 1 parameter 1, when: { argument 0: job succeeded } }
  - call: BeeQueue.getJob
    async: true
    result: Job
    flows: [{ from: place bee-queue(receiver.name), to: [result.data, callback 1 parameter 0.data] }]
  - call: BeeQueue.getJobs
    async: true
    result: array
    flows:
      - { from: new Job, to: "result[*]" }
      - { from: place bee-queue(receiver.name), to: "result[*].data" }
  - { call: BeeQueue.saveAll, async: true, result: Map }
  - { call: [BeeQueue.close, BeeQueue.ready, BeeQueue.destroy, BeeQueue.removeJob, BeeQueue.checkHealth], async: true, result: unknown }
  - {
      call: [setId, retries, backoff, delayUntil, timeout, on, once],
      of: Job,
      undeclared: true,
      later: true,
      flows:
        [
          { from: receiver, to: result },
          { from: place bee-queue-result(receiver.queueName), to: callback 1 parameter 0, when: { argument 0: succeeded } },
        ],
    }
  - { call: Job.save, async: true, flows: [{ from: receiver, to: result }] }
  - { call: [reportProgress, remove, retry], of: Job, undeclared: true, async: true }
`,
  bull: `# yaml-language-server: $schema=../schema/models.schema.json
# Jobs in Redis, before BullMQ: https://github.com/OptimalBits/bull
version: 1
package: bull

types:
  Queue: { like: "node:events:EventEmitter", exported: [default, Queue] }
  Job: {}

functions:
  - { call: default, result: Queue, flows: [{ from: argument 0, to: result.name }] }
  # \`add(data, options)\`, \`add(name, data, options)\`.
  - call: Queue.add
    async: true
    result: Job
    flows:
      - { from: ["argument 0[k]"], to: ["place bull(receiver.name)[k]", "result.data[k]"] }
      - { from: [argument 1], to: [place bull(receiver.name), result.data] }
      - { from: receiver.name, to: result.queueName }
  - call: Queue.addBulk
    async: true
    result: array
    flows:
      - { from: "argument 0[*].data", to: place bull(receiver.name) }
  - call: Queue.process
    undeclared: true
    later: true
    flows:
      - { from: new Job, to: [callback 0 parameter 0, callback 1 parameter 0, callback 2 parameter 0] }
      - { from: receiver.name, to: [callback 0 parameter 0.queueName, callback 1 parameter 0.queueName, callback 2 parameter 0.queueName] }
      - { from: place bull(receiver.name), to: [callback 0 parameter 0.data, callback 1 parameter 0.data, callback 2 parameter 0.data] }
      - { from: [callback 0 result, callback 1 result, callback 2 result], to: place bull-result(receiver.name) }
  - call: [on, once]
    of: Queue
    undeclared: true
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: new Job, to: callback 1 parameter 0 }
      - { from: place bull(receiver.name), to: callback 1 parameter 0.data }
      - { from: place bull-result(receiver.name), to: callback 1 parameter 0.returnvalue, when: { argument 0: completed } }
      - { from: place bull-result(receiver.name), to: callback 1 parameter 1, when: { argument 0: completed } }
      - { from: place bull-result(receiver.name), to: callback 1 parameter 1, when: { argument 0: "global:completed" } }
  - call: Queue.getJob
    async: true
    result: [Job, "null"]
    flows:
      - { from: place bull(receiver.name), to: result.data }
      - { from: place bull-result(receiver.name), to: result.returnvalue }
      - { from: receiver.name, to: result.queueName }
  - call: [getJobs, getWaiting, getActive, getDelayed, getCompleted, getFailed]
    of: Queue
    async: true
    result: array
    flows:
      - { from: new Job, to: "result[*]" }
      - { from: place bull(receiver.name), to: "result[*].data" }
      - { from: place bull-result(receiver.name), to: "result[*].returnvalue" }
  - { call: Job.update, async: true, flows: [{ from: argument 0, to: [receiver.data, place bull(receiver.queueName)] }] }
  - { call: Job.finished, async: true, flows: [{ from: place bull-result(receiver.queueName), to: result }] }
  - { call: [progress, log, remove, retry, promote, moveToFailed, discard], of: Job, undeclared: true, async: true }
  - { call: [close, empty, pause, resume, clean, isReady, obliterate, removeRepeatable], of: Queue, undeclared: true, async: true }
  - {
      call: [count, getWaitingCount, getActiveCount, getDelayedCount, getCompletedCount, getFailedCount],
      of: Queue,
      async: true,
      result: number,
    }
  - { call: Queue.getJobCounts, async: true, result: object }
`,
  bullmq: `# yaml-language-server: $schema=../schema/models.schema.json
# Jobs go from a queue to the workers of its name, results the other way: https://docs.bullmq.io
version: 1
package: bullmq

types:
  Queue: { exported: [Queue, QueuePro] }
  Worker: { like: "node:events:EventEmitter", exported: [Worker, WorkerPro] }
  QueueEvents: { like: "node:events:EventEmitter" }
  FlowProducer: {}
  Job: { exported: [Job, JobPro, SandboxedJob] }

functions:
  - { call: Queue, flows: [{ from: argument 0, to: [result.name, result.queueName] }] }
  - call: Queue.add
    async: true
    result: Job
    flows:
      - { from: argument 0, to: [place bullmq(receiver.name).name, result.name] }
      - { from: argument 1, to: [place bullmq(receiver.name).data, result.data] }
      # Workers tell jobs apart by their names.
      - { from: argument 1, to: "place bullmq-job(receiver.name).jobs[argument 0]" }
      - { from: receiver.name, to: result.queueName }
  - call: Queue.addBulk
    async: true
    result: array
    flows:
      - { from: "argument 0[*].name", to: place bullmq(receiver.name).name }
      - { from: "argument 0[*].data", to: place bullmq(receiver.name).data }
      - { from: "argument 0[*].data", to: "place bullmq-job(receiver.name).jobs[*]" }
      - { from: new Job, to: "result[*]" }
      - { from: "argument 0[*].data", to: "result[*].data" }
      - { from: receiver.name, to: "result[*].queueName" }
  - call: Queue.upsertJobScheduler
    async: true
    result: [Job, undefined]
    flows:
      - { from: argument 2.name, to: place bullmq(receiver.name).name }
      - { from: argument 2.data, to: [place bullmq(receiver.name).data, result.data] }
      - { from: argument 2.data, to: "place bullmq-job(receiver.name).jobs[*]" }
      - { from: receiver.name, to: result.queueName }
  - call: [getJob, getNextJob]
    of: [Queue, Worker]
    undeclared: true
    async: true
    result: [Job, undefined]
    flows: &job
      - { from: place bullmq(receiver.name).name, to: result.name }
      - { from: place bullmq(receiver.name).data, to: result.data }
      - { from: place bullmq-result(receiver.name), to: result.returnvalue }
      - { from: receiver.name, to: result.queueName }
  - call: [getJobs, getWaiting, getActive, getDelayed, getCompleted, getFailed, getPrioritized, getWaitingChildren]
    of: Queue
    async: true
    result: array
    flows:
      - { from: new Job, to: "result[*]" }
      - { from: place bullmq(receiver.name).name, to: "result[*].name" }
      - { from: place bullmq(receiver.name).data, to: "result[*].data" }
      - { from: place bullmq-result(receiver.name), to: "result[*].returnvalue" }
      - { from: receiver.name, to: "result[*].queueName" }
  - call: [close, disconnect, pause, resume, drain, obliterate, clean, remove, removeJobScheduler, removeRepeatable, setGlobalConcurrency]
    of: [Queue, Worker, QueueEvents, FlowProducer]
    undeclared: true
    async: true
  - call: [waitUntilReady, run]
    of: [Queue, Worker, QueueEvents, FlowProducer]
    undeclared: true
    async: true
  - call: [getJobCounts, getJobCountByTypes, getMetrics]
    of: Queue
    async: true
    result: object
  - call: [count, getWaitingCount, getActiveCount, getDelayedCount, getCompletedCount, getFailedCount]
    of: Queue
    async: true
    result: number
  - { call: Queue.on, flows: [{ from: receiver, to: result }] }

  - call: Worker
    later: true
    flows:
      - { from: argument 0, to: [result.name, callback 1 parameter 0.queueName] }
      - { from: new Job, to: callback 1 parameter 0 }
      - { from: "place bullmq-job(argument 0).jobs[keys]", to: callback 1 parameter 0.name }
      - { from: "place bullmq-job(argument 0).jobs[k]", to: callback 1 parameter 0.data }
      - { from: callback 1 result, to: place bullmq-result(argument 0) }
  - call: [on, once]
    of: Worker
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: new Job, to: callback 1 parameter 0 }
      - { from: place bullmq(receiver.name).name, to: callback 1 parameter 0.name }
      - { from: place bullmq(receiver.name).data, to: callback 1 parameter 0.data }
      - { from: place bullmq-result(receiver.name), to: callback 1 parameter 0.returnvalue, when: { argument 0: completed } }
      - { from: place bullmq-result(receiver.name), to: callback 1 parameter 1, when: { argument 0: completed } }
      - { from: place bullmq-progress(receiver.name), to: callback 1 parameter 1, when: { argument 0: progress } }

  - { call: QueueEvents, flows: [{ from: argument 0, to: result.name }] }
  - call: [on, once]
    of: QueueEvents
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: place bullmq-result(receiver.name), to: callback 1 parameter 0.returnvalue, when: { argument 0: completed } }
      - { from: place bullmq-progress(receiver.name), to: callback 1 parameter 0.data, when: { argument 0: progress } }

  # A job with its children: as deep as they are written out in practice.
  - call: FlowProducer.add
    async: true
    result: object
    flows:
      - { from: new Job, to: result.job }
      - { from: argument 0.data, to: [place bullmq(argument 0.queueName).data, result.job.data] }
      - { from: argument 0.data, to: "place bullmq-job(argument 0.queueName).jobs[*]" }
      - { from: argument 0.queueName, to: result.job.queueName }
      - { from: "argument 0.children[k].data", to: "place bullmq(argument 0.children[k].queueName).data" }
      - { from: "argument 0.children[k].data", to: "place bullmq-job(argument 0.children[k].queueName).jobs[*]" }
      - { from: "argument 0.children[*].children[k].data", to: "place bullmq(argument 0.children[*].children[k].queueName).data" }
      - { from: "argument 0.children[*].children[k].data", to: "place bullmq-job(argument 0.children[*].children[k].queueName).jobs[*]" }
  - call: FlowProducer.addBulk
    async: true
    result: array
    flows:
      - { from: "argument 0[k].data", to: "place bullmq(argument 0[k].queueName).data" }
      - { from: "argument 0[k].data", to: "place bullmq-job(argument 0[k].queueName).jobs[*]" }
      - { from: "argument 0[*].children[k].data", to: "place bullmq(argument 0[*].children[k].queueName).data" }
      - { from: "argument 0[*].children[k].data", to: "place bullmq-job(argument 0[*].children[k].queueName).jobs[*]" }

  - {
      call: [updateData, update],
      of: Job,
      undeclared: true,
      async: true,
      flows:
        [{ from: argument 0, to: [receiver.data, place bullmq(receiver.queueName).data, "place bullmq-job(receiver.queueName).jobs[*]"] }],
    }
  - {
      call: Job.updateProgress,
      async: true,
      flows: [{ from: argument 0, to: [receiver.progress, place bullmq-progress(receiver.queueName)] }],
    }
  - { call: Job.waitUntilFinished, async: true, flows: [{ from: place bullmq-result(receiver.queueName), to: result }] }
  - { call: Job.getChildrenValues, async: true, result: object, flows: [{ from: place bullmq-result(*), to: "result[*]" }] }
  - { call: [getState, isCompleted, isFailed, isActive, isWaiting, isDelayed], of: Job, async: true, result: unknown }
  - { call: [log, remove, retry, moveToDelayed, moveToFailed, changePriority, promote, extendLock], of: Job, async: true }
`,
  chalk: `# yaml-language-server: $schema=../schema/models.schema.json
# Colours of the terminal: the text is in what comes out. Styles are chained: \`chalk.red.bold(text)\`.
version: 1
package: [chalk, picocolors, kleur, ansi-colors, colorette]

functions:
  - { call: "*", result: string, flows: [{ from: argument *, to: result, how: derived }] }
`,
  chromadb: `# yaml-language-server: $schema=../schema/models.schema.json
# Collections: https://docs.trychroma.com
version: 1
package: chromadb

types:
  ChromaClient: { namespace: true, exported: [ChromaClient, CloudClient, AdminCloudClient] }
  Collection: { namespace: true }

functions:
  - call: [ChromaClient.getCollection, ChromaClient.getOrCreateCollection, ChromaClient.createCollection]
    async: true
    result: Collection
`,
  cohere: `# yaml-language-server: $schema=../schema/models.schema.json
# Datasets and the models that are tuned on them: https://docs.cohere.com/docs/fine-tuning
version: 1
package: cohere-ai

types:
  CohereClient: { namespace: true, exported: [CohereClient, CohereClientV2] }

functions:
  - call: CohereClient.datasets.create
    async: true
    result: unknown
    flows: [{ from: [argument 0, argument 1], to: result.id, how: reference }]
  - call: CohereClient.finetuning.createFinetunedModel
    async: true
    result: unknown
    fetches: [{ from: argument 0.settings.datasetId, to: argument 0.settings.datasetId, how: dereferenced }]
`,
  "cookies-next": `# yaml-language-server: $schema=../schema/models.schema.json
# Cookies of Next, on both sides: https://github.com/andreizanik/cookies-next
version: 1
package: [cookies-next, cookies-next/client, cookies-next/server]

functions:
  - { call: setCookie, flows: [{ from: argument 1, to: place cookie(argument 0) }] }
  - { call: getCookie, result: [undefined], flows: [{ from: place cookie(argument 0), to: result }] }
  - { call: [deleteCookie, hasCookie], result: boolean }
`,
  "crypto-js": `# yaml-language-server: $schema=../schema/models.schema.json
# crypto-js: hashes and ciphers are pseudonyms of what went in; what is decrypted is what was encrypted.
version: 1
package: crypto-js
split: crypto-js/*

functions:
  - call: [MD5, SHA1, SHA224, SHA256, SHA384, SHA512, SHA3, RIPEMD160, md5, sha1, sha224, sha256, sha384, sha512, sha3, ripemd160]
    flows: [{ from: argument 0, to: result, how: pseudonymised }]
  - call: [HmacMD5, HmacSHA1, HmacSHA224, HmacSHA256, HmacSHA384, HmacSHA512, HmacSHA3, HmacRIPEMD160, PBKDF2]
    flows: [{ from: argument 0, to: result, how: pseudonymised }]
  - call: [AES.encrypt, DES.encrypt, TripleDES.encrypt, Rabbit.encrypt, RC4.encrypt]
    flows: [{ from: argument 0, to: result, how: enciphered }]
  - call: [AES.decrypt, DES.decrypt, TripleDES.decrypt, Rabbit.decrypt, RC4.decrypt]
    flows: [{ from: argument 0, to: result, how: deciphered }]
  - call: [enc.Base64.stringify, enc.Hex.stringify, enc.Utf8.stringify, enc.Latin1.stringify]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - call: [enc.Base64.parse, enc.Hex.parse, enc.Utf8.parse, enc.Latin1.parse]
    flows: [{ from: argument 0, to: result, how: derived }]
`,
  "date-fns": `# yaml-language-server: $schema=../schema/models.schema.json
# date-fns: https://date-fns.org/docs. Dates and texts of what they were made of.
version: 1
package: date-fns
split: date-fns/*

functions:
  - call: ["format*", lightFormat, "intlFormat*"]
    result: string
    flows: [{ from: [argument 0, argument 1], to: result, how: derived }]
  - call: ["get*", "differenceIn*", daysToWeeks, milliseconds, "hoursTo*", "minutesTo*", "monthsTo*", "secondsTo*", "yearsTo*"]
    result: number
    flows: [{ from: argument *, to: result, how: derived }]
  - { call: ["is*", areIntervalsOverlapping, compareAsc, compareDesc], result: boolean }
  - { call: [intervalToDuration, interval], flows: [{ from: argument *, to: result, how: derived }] }
  - { call: ["each*"], result: array, flows: [{ from: argument 0, to: "result[*]", how: derived }] }
  - { call: "*", result: Date, flows: [{ from: argument *, to: result, how: derived }] }
`,
  dayjs: `# yaml-language-server: $schema=../schema/models.schema.json
# Day.js: https://day.js.org. A date says what it was made of.
version: 1
package: dayjs

types:
  Dayjs: {}
  Duration: {}

functions:
  - call: [default, dayjs, unix]
    result: Dayjs
    flows: [{ from: argument *, to: result, how: derived }]
  - { call: isDayjs, result: boolean }
  - { call: [extend, locale], result: string }
  - call: [add, subtract, set, startOf, endOf, clone, locale]
    of: Dayjs
    result: Dayjs
    flows: [{ from: [receiver, argument *], to: result, how: derived }]
  # A number, or with an argument another date.
  - call: [month, day, date, year, hour, minute, second, millisecond, utcOffset]
    of: Dayjs
    result: [number, Dayjs]
    flows: [{ from: [receiver, argument *], to: result, how: derived }]
  - call: [format, toISOString, toString, toJSON]
    of: Dayjs
    result: string
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - call: [valueOf, unix, diff, get, daysInMonth]
    of: Dayjs
    result: number
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - { call: toDate, of: Dayjs, result: Date, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: [isValid, isBefore, isAfter, isSame], of: Dayjs, result: boolean }

  # Plug-ins.
  - { call: [utc, tz], undeclared: true, result: Dayjs, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: duration, undeclared: true, result: Duration, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: isDuration, undeclared: true, result: boolean }
  - {
      call: [utc, local, tz],
      of: Dayjs,
      undeclared: true,
      result: Dayjs,
      flows: [{ from: [receiver, argument *], to: result, how: derived }],
    }
  - call: [fromNow, from, to, toNow, calendar]
    of: Dayjs
    undeclared: true
    result: string
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - call: [week, isoWeek, quarter, dayOfYear, weekday]
    of: Dayjs
    undeclared: true
    result: number
    flows: [{ from: receiver, to: result, how: derived }]
  - { call: [toArray, toObject], of: Dayjs, undeclared: true, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: [isSameOrBefore, isSameOrAfter, isBetween, isToday, isLeapYear, isUTC], of: Dayjs, undeclared: true, result: boolean }
  - {
      call: [humanize, toISOString, format],
      of: Duration,
      undeclared: true,
      result: string,
      flows: [{ from: receiver, to: result, how: derived }],
    }
  - call: [asMilliseconds, asSeconds, asMinutes, asHours, asDays, asWeeks, asMonths, asYears, days, hours, minutes, seconds, months, years]
    of: Duration
    undeclared: true
    result: number
    flows: [{ from: receiver, to: result, how: derived }]
`,
  debug: `# yaml-language-server: $schema=../schema/models.schema.json
# debug: https://github.com/debug-js/debug. Nothing of what is logged comes back.
version: 1
package: debug

functions:
  - { call: [default, debug], gives: undefined }
  - { call: [enable, disable], result: string }
  - { call: enabled, result: boolean }
`,
  deepmerge: `# yaml-language-server: $schema=../schema/models.schema.json
# Deep merging: https://github.com/TehShrike/deepmerge
version: 1
package: deepmerge

functions:
  - call: [default, deepmerge]
    flows: [{ from: argument 0, to: result, how: copy }, { from: argument 1, to: result, how: copy }]
  - call: all
    flows: [{ from: "argument 0[*]", to: result, how: copy }]
`,
  "dot-prop": `# yaml-language-server: $schema=../schema/models.schema.json
# Property paths: https://github.com/sindresorhus/dot-prop
version: 1
package: dot-prop

functions:
  - call: getProperty
    flows:
      - { from: "argument 0[path argument 1]", to: result }
      # What is given where there is nothing.
      - { from: argument 2, to: result }
  - call: setProperty
    flows:
      - { from: argument 2, to: "argument 0[path argument 1]" }
      - { from: argument 0, to: result }
  - { call: [hasProperty, deleteProperty], result: boolean }
  - { call: escapePath, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: deepKeys, result: array, flows: [{ from: "argument 0[keys]", to: "result[*]" }] }

  # Up to version 6.
  - call: get
    undeclared: true
    flows: [{ from: ["argument 0[path argument 1]", argument 2], to: result }]
  - call: set
    undeclared: true
    flows: [{ from: argument 2, to: "argument 0[path argument 1]" }, { from: argument 0, to: result }]
  - { call: [has, delete], undeclared: true, result: boolean }
`,
  ejs: `# yaml-language-server: $schema=../schema/models.schema.json
# Templates with what is put into them: EJS.
version: 1
package: ejs

functions:
  - { call: render, result: string, flows: [{ from: [argument 0, argument 1], to: result, how: derived }] }
  - { call: renderFile, result: string, async: true, flows: [{ from: argument 1, to: result, how: derived }] }
  - call: compile
    gives: string
    flows: [{ from: [argument 0, result parameter 0], to: result result, how: derived }]
  - { call: escapeXML, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
`,
  eventemitter3: `# yaml-language-server: $schema=../schema/models.schema.json
# Emitters of events like Node's: https://github.com/primus/eventemitter3
version: 1
package: eventemitter3

types:
  EventEmitter: { like: "node:events:EventEmitter", exported: [default, EventEmitter] }
`,
  fetch: `# yaml-language-server: $schema=../schema/models.schema.json
# The language's \`fetch\` under other names. What is sent does not come back.
version: 1
package: [node-fetch, cross-fetch, isomorphic-fetch, isomorphic-unfetch, undici, node-fetch-native]

functions:
  - { call: [default, fetch], like: global:fetch }
  - { call: Headers, like: global:Headers }
  - { call: Request, like: global:Request }
  - { call: Response, like: global:Response }
  - { call: FormData, like: global:FormData }
`,
  got: `# yaml-language-server: $schema=../schema/models.schema.json
# got: https://github.com/sindresorhus/got. What is sent does not come back.
version: 1
package: got

types:
  Got: {}
  CancelableRequest: {}

functions:
  - { call: [extend, Got.extend], result: Got }
  - { call: [default, got, get, post, put, patch, head, delete], result: CancelableRequest }
  - { call: [get, post, put, patch, head, delete], of: Got, result: CancelableRequest }
  - { call: [json, text, buffer], of: CancelableRequest, result: unknown, async: true }
`,
  "graphile-worker": `# yaml-language-server: $schema=../schema/models.schema.json
# A job's payload goes to the task of its name: https://worker.graphile.org
version: 1
package: graphile-worker

types:
  WorkerUtils: {}
  Runner: {}
  JobHelpers: {}

functions:
  - { call: makeWorkerUtils, async: true, result: WorkerUtils }
  - {
      call: [quickAddJob, addJobAdhoc],
      undeclared: true,
      async: true,
      result: unknown,
      flows: [{ from: argument 2, to: place graphile-worker(argument 1) }],
    }
  - {
      call: addJob,
      of: [WorkerUtils, Runner, JobHelpers],
      async: true,
      result: unknown,
      flows: [{ from: argument 1, to: place graphile-worker(argument 0) }],
    }
  - call: addJobs
    of: [WorkerUtils, Runner, JobHelpers]
    undeclared: true
    async: true
    result: array
    flows: [{ from: "argument 0[k].payload", to: "place graphile-worker(argument 0[k].identifier)" }]
  - call: [run, runOnce]
    async: true
    later: true
    result: Runner
    flows:
      - { from: "place graphile-worker(argument 0.taskList[keys])", to: "callback 0.taskList[k] parameter 0" }
      - { from: new JobHelpers, to: "callback 0.taskList[k] parameter 1" }
      - { from: "place graphile-worker(argument 1[keys])", to: "callback 1[k] parameter 0" }
      - { from: new JobHelpers, to: "callback 1[k] parameter 1" }
  - {
      call: [release, migrate, stop, completeJobs, permanentlyFailJobs, rescheduleJobs],
      of: [WorkerUtils, Runner],
      undeclared: true,
      async: true,
    }
`,
  handlebars: `# yaml-language-server: $schema=../schema/models.schema.json
# Templates with what is put into them: Handlebars.
version: 1
package: handlebars

functions:
  - call: [compile, template]
    gives: string
    flows: [{ from: [argument 0, result parameter 0], to: result result, how: derived }]
  - { call: escapeExpression, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: SafeString, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [registerPartial, unregisterPartial, unregisterHelper] }
`,
  hashes: `# yaml-language-server: $schema=../schema/models.schema.json
# Hashes of texts and objects: a pseudonym of what was hashed.
version: 1
package: [md5, sha1, sha256, js-md5, js-sha1, js-sha256, js-sha512, js-sha3, object-hash, hash-sum, string-hash, blueimp-md5, short-hash]

functions:
  - {
      call: [default, md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_512, keccak256, MD5],
      result: string,
      flows: [{ from: argument 0, to: result, how: pseudonymised }],
    }
`,
  "huggingface-hub": `# yaml-language-server: $schema=../schema/models.schema.json
# Files of repositories: what an upload is given as an address (\`file:…\`) it reads itself. https://huggingface.co/docs/huggingface.js/hub
version: 1
package: "@huggingface/hub"

functions:
  - call: uploadFile
    async: true
    result: unknown
    fetches:
      - { from: place file(argument 0.file), to: argument 0.file }
      - { from: place file(argument 0.file.content), to: argument 0.file.content }
  - call: [uploadFiles, uploadFilesWithProgress]
    async: true
    result: unknown
    fetches: &files
      - { from: "place file(argument 0.files[*])", to: "argument 0.files[*]" }
      - { from: "place file(argument 0.files[*].content)", to: "argument 0.files[*].content" }
  - call: [commit, commitIter]
    async: true
    result: unknown
    fetches:
      - { from: "place file(argument 0.operations[*].content)", to: "argument 0.operations[*].content" }
`,
  identifiers: `# yaml-language-server: $schema=../schema/models.schema.json
# Identifiers: random or of the time, nothing of what goes in; those of a name are hashes of it.
version: 1
package: [uuid, nanoid, nanoid/non-secure, ulid, "@paralleldrive/cuid2", cuid, crypto-randomuuid]

functions:
  - call: [default, nanoid, v1, v4, v6, v7, ulid, createId, randomUUID, monotonicUlid]
    result: string
  - { call: [v3, v5], result: string, flows: [{ from: argument 0, to: result, how: pseudonymised }] }
  - { call: [validate, isCuid, isValid], result: boolean }
  - { call: [version, decodeTime], result: number }
  - { call: [parse], flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [stringify], result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  # They give functions that make identifiers.
  - { call: [customAlphabet, customRandom, init, monotonicFactory, factory], gives: string }
`,
  immutable: `# yaml-language-server: $schema=../schema/models.schema.json
# Immutable.js: https://immutable-js.com. A change gives another collection; the one before stays as it is.
version: 1
package: immutable

types:
  List: { like: global:Array, exported: [List, Stack] }
  Map: { like: global:Map, exported: [Map, OrderedMap] }
  Set: { like: global:Set, exported: [Set, OrderedSet] }

functions:
  - { call: [List, Stack], result: List, flows: [{ from: "argument 0[k]", to: "result[k]" }] }
  - { call: [Map, OrderedMap], result: Map, flows: [{ from: "argument 0[k]", to: "result[k]" }] }
  - { call: [Set, OrderedSet], result: Set, flows: [{ from: "argument 0[*]", to: "result[*]" }] }
  - { call: List.of, result: List, flows: [{ from: argument *, to: "result[*]" }] }
  - { call: Set.of, result: Set, flows: [{ from: argument *, to: "result[*]" }] }
  - { call: [isImmutable, isCollection, isKeyed, isIndexed, is, isList, isMap, isSet, List.isList, Map.isMap, Set.isSet], result: boolean }
  - { call: hash, result: number }

  # Reading.
  - { call: [get], of: [List, Map], flows: [{ from: ["receiver[argument 0]", argument 1], to: result }] }
  - { call: getIn, of: [List, Map], flows: [{ from: ["receiver[path argument 0]", argument 1], to: result }] }
  - { call: [first, last], of: [List, Map, Set], flows: [{ from: ["receiver[*]", argument 0], to: result }] }
  - call: [find, findLast, max, min, maxBy, minBy]
    of: [List, Map, Set]
    flows: [{ from: "receiver[*]", to: [callback 0 parameter 0, result] }]
  - { call: [has, hasIn, includes, contains, isEmpty, isSubset, isSuperset, equals], of: [List, Map, Set], result: boolean }
  - call: [some, every]
    of: [List, Map, Set]
    result: boolean
    flows: [{ from: "receiver[*]", to: callback 0 parameter 0 }]
  - { call: [count, hashCode], of: [List, Map, Set], result: number }
  - call: [reduce, reduceRight]
    of: [List, Map, Set]
    flows:
      - { from: argument 1, to: callback 0 parameter 0 }
      - { from: callback 0 result, to: callback 0 parameter 0 }
      - { from: "receiver[k]", to: callback 0 parameter 1 }
      - { from: [callback 0 result, argument 1], to: result }
  - call: forEach
    of: [List, Map, Set]
    result: number
    flows: [{ from: "receiver[k]", to: callback 0 parameter 0 }, { from: "receiver[keys]", to: callback 0 parameter 1 }]
  - { call: join, of: [List, Map, Set], result: string, flows: [{ from: ["receiver[*]", argument 0], to: result, how: derived }] }

  # Plain data.
  - { call: [toJS, toJSON], of: [List, Map, Set], flows: [{ from: receiver, to: result, how: plain }] }
  - { call: toArray, of: [List, Set], result: array, flows: [{ from: "receiver[k]", to: "result[k]" }] }
  - { call: toObject, of: Map, result: object, flows: [{ from: "receiver[k]", to: "result[k]" }] }
  - { call: [toList, valueSeq], of: [List, Map, Set], result: List, flows: [{ from: "receiver[*]", to: "result[*]" }] }
  - { call: keySeq, of: [Map], result: List, flows: [{ from: "receiver[keys]", to: "result[*]" }] }
  - { call: toSet, of: [List, Map, Set], result: Set, flows: [{ from: "receiver[*]", to: "result[*]" }] }

  # Each element, some elements, more elements.
  - call: map
    of: List
    result: List
    flows:
      - { from: "receiver[k]", to: callback 0 parameter 0 }
      - { from: "receiver[keys]", to: callback 0 parameter 1 }
      - { from: callback 0 result, to: "result[k]" }
  - call: map
    of: Map
    result: Map
    flows:
      - { from: "receiver[k]", to: callback 0 parameter 0 }
      - { from: "receiver[keys]", to: callback 0 parameter 1 }
      - { from: callback 0 result, to: "result[k]" }
  - call: map
    of: Set
    result: Set
    flows: [{ from: "receiver[k]", to: callback 0 parameter 0 }, { from: callback 0 result, to: "result[*]" }]
  - call: flatMap
    of: List
    result: List
    flows: [{ from: "receiver[*]", to: callback 0 parameter 0 }, { from: "callback 0 result[*]", to: "result[*]" }]
  - call:
      [
        filter,
        filterNot,
        sort,
        sortBy,
        reverse,
        take,
        takeLast,
        takeWhile,
        skip,
        skipLast,
        skipWhile,
        slice,
        rest,
        butLast,
        shift,
        pop,
        delete,
        remove,
        shuffle,
      ]
    of: List
    result: List
    flows: [{ from: "receiver[*]", to: [callback 0 parameter 0, "result[*]"] }]
  - call: [filter, filterNot, sort, sortBy, take, skip]
    of: Map
    result: Map
    flows: [{ from: "receiver[*]", to: [callback 0 parameter 0, "result[*]"] }]
  - call: [filter, filterNot, subtract, intersect, delete, remove]
    of: Set
    result: Set
    flows: [{ from: "receiver[*]", to: [callback 0 parameter 0, "result[*]"] }]
  - call: [push, unshift, insert]
    of: List
    result: List
    flows: [{ from: ["receiver[*]", argument *], to: "result[*]" }]
  - { call: concat, of: List, result: List, flows: [{ from: ["receiver[*]", argument *, "argument *[*]"], to: "result[*]" }] }
  - { call: add, of: Set, result: Set, flows: [{ from: ["receiver[*]", argument 0], to: "result[*]" }] }
  - { call: [union, merge, concat], of: Set, result: Set, flows: [{ from: ["receiver[*]", "argument *[*]"], to: "result[*]" }] }
  - { call: set, of: List, result: List, flows: [{ from: "receiver[k]", to: "result[k]" }, { from: argument 1, to: "result[argument 0]" }] }
  - { call: set, of: Map, result: Map, flows: [{ from: "receiver[k]", to: "result[k]" }, { from: argument 1, to: "result[argument 0]" }] }
  - { call: [delete, remove], of: Map, result: Map, flows: [{ from: "receiver[k not of argument 0]", to: "result[k]" }] }
  - { call: [deleteAll, removeAll], of: Map, result: Map, flows: [{ from: "receiver[k not of argument 0]", to: "result[k]" }] }
  - {
      call: [merge, concat],
      of: Map,
      result: Map,
      flows: [{ from: "receiver[k]", to: "result[k]" }, { from: "argument 0[k]", to: "result[k]" }],
    }
  - { call: clear, of: List, result: List }
  - { call: clear, of: Map, result: Map }
  - { call: clear, of: Set, result: Set }
  - call: update
    of: Map
    result: Map
    flows:
      - { from: "receiver[k]", to: "result[k]" }
      - { from: "receiver[argument 0]", to: callback 1 parameter 0 }
      - { from: callback 1 result, to: "result[argument 0]" }
  - call: groupBy
    of: [List, Set]
    result: Map
    flows:
      - { from: "receiver[*]", to: callback 0 parameter 0 }
      - { from: "receiver[*]", to: "result[*][*]" }
`,
  "js-cookie": `# yaml-language-server: $schema=../schema/models.schema.json
# Cookies in a page: https://github.com/js-cookie/js-cookie. What servers set under a name is read here, and the other way round.
version: 1
package: [js-cookie, es-cookie]

types:
  Cookies: {}

functions:
  - { call: [set, default.set, Cookies.set], result: string, flows: [{ from: argument 1, to: place cookie(argument 0) }] }
  - { call: [get, default.get, Cookies.get], result: [undefined], flows: [{ from: place cookie(argument 0), to: result }] }
  - { call: [remove, default.remove, Cookies.remove] }
  - { call: [withAttributes, default.withAttributes, withConverter, default.withConverter], result: Cookies }
`,
  "json-like": `# yaml-language-server: $schema=../schema/models.schema.json
# Texts like JSON: what is in them can be told apart again.
version: 1
package: [superjson, devalue, flatted, json5]

functions:
  - { call: stringify, like: global:JSON.stringify }
  - { call: parse, like: global:JSON.parse }
  # superjson: plain data beside notes of its types.
  - { call: serialize, result: object, flows: [{ from: argument 0, to: result.json, how: plain }] }
  - { call: deserialize, flows: [{ from: argument 0.json, to: result, how: copy }] }
  - { call: [registerClass, registerSymbol, registerCustom, allowErrorProps] }
`,
  jsonwebtoken: `# yaml-language-server: $schema=../schema/models.schema.json
# JSON web tokens are signed, not hidden: what was put in can be read.
version: 1
package: jsonwebtoken

functions:
  - call: sign
    result: string
    flows:
      - { from: argument 0, to: result, how: derived }
      - { from: argument 0, to: callback 3 parameter 1, how: derived }
  - call: [verify, decode]
    flows:
      - { from: argument 0, to: result, how: derived }
      - { from: argument 0, to: callback 2 parameter 1, how: derived }
      - { from: argument 0, to: callback 3 parameter 1, how: derived }
`,
  kafkajs: `# yaml-language-server: $schema=../schema/models.schema.json
# Messages go from a topic's producers to the consumers that have subscribed to it: https://kafka.js.org
version: 1
package: kafkajs

types:
  Kafka: {}
  Producer: {}
  Consumer: { like: global:Object }
  EachMessagePayload: {}
  EachBatchPayload: {}

functions:
  - { call: Kafka.producer, result: Producer }
  - { call: Kafka.consumer, result: Consumer }
  - { call: Producer.transaction, async: true, result: Producer }
  - call: Producer.send
    async: true
    result: array
    flows:
      - { from: "argument 0.messages[*].key", to: place kafka(argument 0.topic).key }
      - { from: "argument 0.messages[*].value", to: place kafka(argument 0.topic).value }
      - { from: "argument 0.messages[*].headers", to: place kafka(argument 0.topic).headers }
  - call: Producer.sendBatch
    async: true
    result: array
    flows:
      - { from: "argument 0.topicMessages[k].messages[*].key", to: "place kafka(argument 0.topicMessages[k].topic).key" }
      - { from: "argument 0.topicMessages[k].messages[*].value", to: "place kafka(argument 0.topicMessages[k].topic).value" }
      - { from: "argument 0.topicMessages[k].messages[*].headers", to: "place kafka(argument 0.topicMessages[k].topic).headers" }
  - call: Consumer.subscribe
    async: true
    flows:
      - { from: [argument 0.topic, "argument 0.topics[*]"], to: "receiver.topics[*]" }
  - call: Consumer.run
    async: true
    later: true
    flows:
      - { from: new EachMessagePayload, to: callback 0.eachMessage parameter 0 }
      - { from: "receiver.topics[k]", to: callback 0.eachMessage parameter 0.topic }
      - { from: "place kafka(receiver.topics[k]).key", to: callback 0.eachMessage parameter 0.message.key }
      - { from: "place kafka(receiver.topics[k]).value", to: callback 0.eachMessage parameter 0.message.value }
      - { from: "place kafka(receiver.topics[k]).headers", to: callback 0.eachMessage parameter 0.message.headers }
      - { from: new EachBatchPayload, to: callback 0.eachBatch parameter 0 }
      - { from: "receiver.topics[k]", to: callback 0.eachBatch parameter 0.batch.topic }
      - { from: "place kafka(receiver.topics[k]).key", to: "callback 0.eachBatch parameter 0.batch.messages[*].key" }
      - { from: "place kafka(receiver.topics[k]).value", to: "callback 0.eachBatch parameter 0.batch.messages[*].value" }
      - { from: "place kafka(receiver.topics[k]).headers", to: "callback 0.eachBatch parameter 0.batch.messages[*].headers" }
  - { call: [connect, disconnect], of: [Producer, Consumer], async: true }
  - { call: [commitOffsets, stop], of: Consumer, async: true }
  - { call: [pause, resume, seek], of: Consumer }
  - { call: [commit, abort, sendOffsets, isActive], of: Producer, undeclared: true, async: true }
`,
  ky: `# yaml-language-server: $schema=../schema/models.schema.json
# ky: https://github.com/sindresorhus/ky. What is sent does not come back.
version: 1
package: ky

types:
  KyInstance: {}
  ResponsePromise: {}

functions:
  - { call: [create, extend, KyInstance.create, KyInstance.extend], result: KyInstance }
  - { call: [default, get, post, put, patch, head, delete], result: ResponsePromise }
  - { call: [get, post, put, patch, head, delete], of: KyInstance, result: ResponsePromise }
  - { call: [json, text, arrayBuffer, blob, formData], of: ResponsePromise, result: unknown, async: true }
`,
  "langfuse-client": `# yaml-language-server: $schema=../schema/models.schema.json
# Items of datasets that are made of traces, by their ids: https://langfuse.com/docs/evaluation
version: 1
package: "@langfuse/client"

types:
  LangfuseClient: { namespace: true }

functions:
  - call: [LangfuseClient.dataset.createItem, LangfuseClient.api.datasetItems.create]
    async: true
    result: unknown
    flows: [{ from: argument 0.id, to: result.id }]
    fetches:
      - { from: argument 0.sourceTraceId, to: argument 0.sourceTraceId, how: dereferenced }
      - { from: argument 0.sourceObservationId, to: argument 0.sourceObservationId, how: dereferenced }
`,
  "langfuse-tracing": `# yaml-language-server: $schema=../schema/models.schema.json
# Observations of Langfuse's tracing: what is in them is in their trace, whose id is handed on. https://langfuse.com/docs/observability/sdk
version: 1
package: "@langfuse/tracing"

types:
  LangfuseSpan: {}
  LangfuseGeneration: {}
  LangfuseEvent: {}
  LangfuseAgent: {}
  LangfuseTool: {}
  LangfuseChain: {}
  LangfuseRetriever: {}
  LangfuseEvaluator: {}
  LangfuseGuardrail: {}
  LangfuseEmbedding: {}

functions:
  # Whichever kind it is of, it has the methods of a span. One that is begun while another is active is in its trace.
  - call: startObservation
    result: LangfuseSpan
    flows: [{ from: argument 1, to: [result.id, result.traceId, place langfuse-active(*)], how: reference }]
  - call: startActiveObservation
    result: unknown
    flows:
      - { from: new LangfuseSpan, to: callback 1 parameter 0 }
      - { from: callback 1 result, to: result }
  - call: startObservation
    of: &observations
      - LangfuseSpan
      - LangfuseGeneration
      - LangfuseEvent
      - LangfuseAgent
      - LangfuseTool
      - LangfuseChain
      - LangfuseRetriever
      - LangfuseEvaluator
      - LangfuseGuardrail
      - LangfuseEmbedding
    result: LangfuseSpan
    flows:
      - { from: argument 1, to: [receiver.traceId, receiver.parent.traceId, result.id, place langfuse-active(*)], how: reference }
      - { from: receiver.traceId, to: result.traceId }
      - { from: receiver, to: result.parent }
  - call: update
    of: *observations
    undeclared: true
    flows:
      - { from: argument 0, to: [receiver.id, receiver.traceId, receiver.parent.traceId, place langfuse-active(*)], how: reference }
      - { from: receiver, to: result }
  # Of older versions: the trace's own input and output.
  - call: updateTrace
    of: *observations
    undeclared: true
    flows:
      - { from: argument 0, to: [receiver.traceId, receiver.parent.traceId, place langfuse-active(*)], how: reference }
      - { from: receiver, to: result }
  - { call: [end, setTraceIO, setTraceAsPublic], of: *observations, undeclared: true }
  - call: [updateActiveObservation, updateActiveTrace, setActiveTraceIO]
    undeclared: true
    flows: [{ from: argument 0, to: place langfuse-active(*), how: reference }]
  - { call: [getActiveTraceId, getActiveSpanId], result: [string, undefined], flows: [{ from: place langfuse-active(*), to: result }] }
  - { call: createTraceId, async: true, result: string, flows: [{ from: argument 0, to: result, how: pseudonymised }] }
  # A function that is observed does what it does.
  - { call: observe, flows: [{ from: argument 0, to: result }] }
  - { call: propagateAttributes, result: unknown, flows: [{ from: callback 1 result, to: result }] }
`,
  langfuse: `# yaml-language-server: $schema=../schema/models.schema.json
# Traces of Langfuse, and the items of datasets that are made of them: https://langfuse.com/docs/evaluation
version: 1
package: [langfuse, langfuse-node, langfuse-core]

types:
  Langfuse: { namespace: true, exported: [default, Langfuse] }
  LangfuseTraceClient: {}
  LangfuseSpanClient: {}
  LangfuseGenerationClient: {}
  LangfuseEventClient: {}

functions:
  # An id leads back to what is in the trace; one that the program chooses is the name of a place as well.
  - call: Langfuse.trace
    result: LangfuseTraceClient
    flows:
      - { from: argument 0.id, to: [result.id, result.traceId, result.chosen] }
      - { from: argument 0, to: place langfuse-trace(argument 0.id) }
      - { from: argument 0, to: [result.id, result.traceId], how: reference }
  - call: Langfuse.span
    result: LangfuseSpanClient
    flows: &observation
      - { from: argument 0.id, to: result.id }
      - { from: argument 0.traceId, to: result.traceId }
      - { from: argument 0, to: [place langfuse-trace(argument 0.traceId), place langfuse-observation(argument 0.id)] }
      - { from: argument 0, to: [result.id, result.traceId], how: reference }
  - { call: Langfuse.generation, result: LangfuseGenerationClient, flows: *observation }
  - { call: Langfuse.event, result: LangfuseEventClient, flows: *observation }
  # What is in an observation is in its trace, now and later.
  - call: LangfuseTraceClient.span
    undeclared: true
    result: LangfuseSpanClient
    flows: &inTrace
      - { from: argument 0.id, to: result.id }
      - { from: argument 0, to: [place langfuse-trace(receiver.chosen), place langfuse-observation(argument 0.id)] }
      - { from: argument 0, to: [receiver.id, receiver.traceId, result.id], how: reference }
      - { from: receiver.traceId, to: result.traceId }
      - { from: receiver.chosen, to: result.chosen }
      - { from: receiver, to: result.trace }
  - { call: LangfuseTraceClient.generation, undeclared: true, result: LangfuseGenerationClient, flows: *inTrace }
  - { call: LangfuseTraceClient.event, undeclared: true, result: LangfuseEventClient, flows: *inTrace }
  - call: span
    of: &observations [LangfuseSpanClient, LangfuseGenerationClient, LangfuseEventClient]
    undeclared: true
    result: LangfuseSpanClient
    flows: &within
      - { from: argument 0.id, to: result.id }
      - { from: argument 0, to: [place langfuse-trace(receiver.chosen), place langfuse-observation(argument 0.id)] }
      - { from: argument 0, to: [receiver.id, receiver.traceId, receiver.trace.id, result.id], how: reference }
      - { from: receiver.traceId, to: result.traceId }
      - { from: receiver.chosen, to: result.chosen }
      - { from: receiver.trace, to: result.trace }
  - { call: generation, of: *observations, undeclared: true, result: LangfuseGenerationClient, flows: *within }
  - { call: event, of: *observations, undeclared: true, result: LangfuseEventClient, flows: *within }
  - call: LangfuseTraceClient.update
    undeclared: true
    flows:
      - { from: argument 0, to: place langfuse-trace(receiver.chosen) }
      - { from: argument 0, to: [receiver.id, receiver.traceId], how: reference }
      - { from: receiver, to: result }
  - call: [update, end]
    of: *observations
    undeclared: true
    flows:
      - { from: argument 0, to: place langfuse-trace(receiver.chosen) }
      - { from: argument 0, to: [receiver.id, receiver.traceId, receiver.trace.id], how: reference }
      - { from: receiver, to: result }
  - {
      call: [score, getTraceUrl],
      of: [LangfuseTraceClient, LangfuseSpanClient, LangfuseGenerationClient, LangfuseEventClient],
      undeclared: true,
      result: [LangfuseTraceClient, string],
    }

  - call: Langfuse.createDatasetItem
    async: true
    result: unknown
    flows: [{ from: argument 0.id, to: result.id }]
    fetches:
      - { from: argument 0.sourceTraceId, to: argument 0.sourceTraceId, how: dereferenced }
      - { from: place langfuse-trace(argument 0.sourceTraceId), to: argument 0.sourceTraceId }
      - { from: argument 0.sourceObservationId, to: argument 0.sourceObservationId, how: dereferenced }
      - { from: place langfuse-observation(argument 0.sourceObservationId), to: argument 0.sourceObservationId }
`,
  "langsmith-anonymizer": `# yaml-language-server: $schema=../schema/models.schema.json
# LangSmith's functions that replace what patterns find in the texts of a run: what is left keeps its structure, and is still of the person.
version: 1
package: langsmith/anonymizer

functions:
  - call: [createAnonymizer, createSecretAnonymizer]
    flows:
      - { from: result parameter 0, to: result result }
`,
  langsmith: `# yaml-language-server: $schema=../schema/models.schema.json
# Runs of LangSmith, and the examples that are made of them: https://docs.smith.langchain.com
version: 1
package: [langsmith, langsmith/client, langsmith/run_trees, langsmith/traceable, langsmith/singletons/traceable, langsmith/wrappers]

types:
  Client: { namespace: true }
  RunTree: {}

functions:
  - call: Client.createRun
    async: true
    flows: [{ from: argument 0, to: place langsmith-run(argument 0.id) }]
  - call: Client.updateRun
    async: true
    flows: [{ from: argument 1, to: place langsmith-run(argument 0) }]
  # With \`use_source_run_io\` the run's inputs and outputs are the example's.
  - call: Client.createExample
    async: true
    result: unknown
    fetches:
      - { from: argument 0.source_run_id, to: argument 0.source_run_id, how: dereferenced }
      - { from: place langsmith-run(argument 0.source_run_id), to: argument 0.source_run_id }
  - call: Client.createExamples
    async: true
    result: unknown
    fetches:
      - { from: "argument 0[*].source_run_id", to: "argument 0[*].source_run_id", how: dereferenced }
      - { from: "place langsmith-run(argument 0[*].source_run_id)", to: "argument 0[*].source_run_id" }

  # An id leads back to what is in the run; one that the program chooses is the name of a place as well.
  - call: RunTree
    flows: &run
      - { from: argument 0.inputs, to: result.inputs }
      - { from: argument 0.outputs, to: result.outputs }
      - { from: argument 0.id, to: [result.id, result.chosen] }
      - { from: argument 0, to: place langsmith-run(argument 0.id) }
      - { from: argument 0, to: result.id, how: reference }
  - { call: RunTree.createChild, result: RunTree, flows: *run }
  - call: RunTree.end
    async: true
    flows:
      - { from: argument 0, to: receiver.outputs }
      - { from: argument 0, to: place langsmith-run(receiver.chosen).outputs }
      - { from: argument 0, to: receiver.id, how: reference }
  - call: RunTree.addEvent
    flows: [{ from: argument 0, to: receiver.id, how: reference }]
  - { call: [RunTree.postRun, RunTree.patchRun], async: true }
  - { call: getCurrentRunTree, result: RunTree }
  - { call: withRunTree, result: unknown, flows: [{ from: callback 1 result, to: result }] }

  # What is traced does what it does.
  - { call: [traceable, wrapOpenAI, wrapSDK, wrapAnthropic], undeclared: true, flows: [{ from: argument 0, to: result }] }
`,
  loggers: `# yaml-language-server: $schema=../schema/models.schema.json
# Loggers keep what they are given: nothing of it comes back.
version: 1
package: [pino, winston, bunyan, consola, loglevel, signale, tslog]

types:
  Logger: { exported: [Logger] }

functions:
  - { call: [default, pino, createLogger, createConsola, getLogger], result: Logger }
  - call: [child, withTag, withDefaults, getSubLogger, getChildLogger, scope, configure, add, remove, extend]
    of: Logger
    result: Logger
  - { call: ["*"], of: Logger }
  - { call: "*", result: Logger }
`,
  "lru-cache": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/isaacs/node-lru-cache
version: 1
package: lru-cache

types:
  LRUCache: { like: global:Map, exported: [LRUCache, default] }

functions:
  # What is missing is fetched or made by functions of the cache's own.
  - call: LRUCache
    flows: [{ from: [callback 0.fetchMethod result, callback 0.memoMethod result], to: "result[*]" }]
  - { call: [LRUCache.fetch, LRUCache.forceFetch], async: true, flows: [{ from: "receiver[argument 0]", to: result }] }
  - { call: LRUCache.memo, flows: [{ from: "receiver[argument 0]", to: result }] }
  - { call: LRUCache.peek, flows: [{ from: "receiver[argument 0]", to: result }] }
  - call: LRUCache.find
    flows:
      - { from: "receiver[*]", to: callback 0 parameter 0 }
      - { from: "receiver[keys]", to: callback 0 parameter 1 }
      - { from: "receiver[*]", to: result }
  - { call: LRUCache.pop, flows: [{ from: "receiver[*]", to: result }] }
  - { call: LRUCache.purgeStale, result: boolean }
  - { call: LRUCache.getRemainingTTL, result: number }
`,
  luxon: `# yaml-language-server: $schema=../schema/models.schema.json
# Luxon: https://moment.github.io/luxon. A date says what it was made of.
version: 1
package: luxon

types:
  DateTime: {}
  Duration: {}
  Interval: {}

functions:
  - call: [now, local, utc, fromISO, fromSQL, fromJSDate, fromMillis, fromSeconds, fromObject, fromFormat, fromHTTP, fromRFC2822]
    of: DateTime
    result: DateTime
    flows: [{ from: argument *, to: result, how: derived }]
  - { call: [fromISO, fromObject, fromMillis], of: Duration, result: Duration, flows: [{ from: argument *, to: result, how: derived }] }
  - call: [fromDateTimes, after, before, fromISO]
    of: Interval
    result: Interval
    flows: [{ from: argument *, to: result, how: derived }]
  - call: [plus, minus, set, startOf, endOf, setZone, setLocale, toUTC, toLocal, reconfigure]
    of: DateTime
    result: DateTime
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - { call: [diff, diffNow], of: DateTime, result: Duration, flows: [{ from: [receiver, argument 0], to: result, how: derived }] }
  - call:
      [
        toISO,
        toISODate,
        toISOTime,
        toISOWeekDate,
        toSQL,
        toSQLDate,
        toSQLTime,
        toHTTP,
        toRFC2822,
        toFormat,
        toLocaleString,
        toRelative,
        toRelativeCalendar,
        toString,
        toJSON,
      ]
    of: DateTime
    result: string
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - call: [toMillis, toSeconds, toUnixInteger, valueOf, get]
    of: DateTime
    result: number
    flows: [{ from: receiver, to: result, how: derived }]
  - { call: toJSDate, of: DateTime, result: Date, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: [toObject, toLocaleParts], of: DateTime, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: [hasSame, equals], of: DateTime, result: boolean }
  - call: [plus, minus, shiftTo, normalize, negate]
    of: Duration
    result: Duration
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - call: [toISO, toFormat, toHuman, toString, toJSON]
    of: Duration
    result: string
    flows: [{ from: receiver, to: result, how: derived }]
  - { call: [as, get, toMillis, valueOf], of: Duration, result: number, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: toObject, of: Duration, flows: [{ from: receiver, to: result, how: derived }] }
  - {
      call: [toISO, toFormat, toString, toLocaleString],
      of: Interval,
      result: string,
      flows: [{ from: receiver, to: result, how: derived }],
    }
  - { call: [contains, overlaps, equals, isEmpty], of: Interval, result: boolean }
  - { call: length, of: Interval, result: number, flows: [{ from: receiver, to: result, how: derived }] }
`,
  "markdown-it": `# yaml-language-server: $schema=../schema/models.schema.json
# markdown-it: https://github.com/markdown-it/markdown-it
version: 1
package: markdown-it

types:
  MarkdownIt: { exported: default }

functions:
  - call: [MarkdownIt.render, MarkdownIt.renderInline]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - { call: [MarkdownIt.parse, MarkdownIt.parseInline], flows: [{ from: argument 0, to: result, how: derived }] }
  - call: [MarkdownIt.use, MarkdownIt.set, MarkdownIt.enable, MarkdownIt.disable, MarkdownIt.configure]
    flows: [{ from: receiver, to: result }]
`,
  marked: `# yaml-language-server: $schema=../schema/models.schema.json
# marked: https://marked.js.org
version: 1
package: marked

types:
  Marked: {}

functions:
  - call: [marked, parse, parseInline, marked.parse, marked.parseInline, Marked.parse, Marked.parseInline]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - { call: [lexer, marked.lexer, Marked.lexer], flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [parser, marked.parser, Marked.parser], result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [use, setOptions, marked.use, marked.setOptions] }
  - { call: [Marked.use, Marked.setOptions], flows: [{ from: receiver, to: result }] }
`,
  memoize: `# yaml-language-server: $schema=../schema/models.schema.json
# A function that remembers what it gave: for what flows it is the same function.
version: 1
package: [memoizee, memoizee/weak, mem, memoize, p-memoize, micro-memoize, moize, fast-memoize, memoize-one, nano-memoize]

functions:
  - { call: [default, memoize, memoizee, memoizeOne, nanomemoize], flows: [{ from: argument 0, to: result }] }
`,
  mistral: `# yaml-language-server: $schema=../schema/models.schema.json
# Files and the jobs that are given their ids: https://docs.mistral.ai/capabilities/finetuning
version: 1
package: "@mistralai/mistralai"

types:
  Mistral: { namespace: true, exported: [Mistral, default] }

functions:
  - { call: Mistral.files.upload, async: true, result: unknown, flows: [{ from: argument 0.file, to: result.id, how: reference }] }
  - call: Mistral.fineTuning.jobs.create
    async: true
    result: unknown
    fetches:
      - { from: "argument 0.trainingFiles[*].fileId", to: "argument 0.trainingFiles[*].fileId", how: dereferenced }
      - { from: "argument 0.validationFiles[*]", to: "argument 0.validationFiles[*]", how: dereferenced }
`,
  mitt: `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/developit/mitt
version: 1
package: mitt

types:
  Emitter: { like: "node:events:EventEmitter" }

functions:
  - { call: default, result: Emitter }
`,
  mlflow: `# yaml-language-server: $schema=../schema/models.schema.json
# Spans of MLflow's tracing: https://mlflow.org/docs/latest/genai/tracing/app-instrumentation/typescript-sdk
version: 1
package: mlflow-tracing

types:
  LiveSpan: {}

functions:
  - call: startSpan
    result: LiveSpan
    flows:
      - { from: argument 0.inputs, to: result.inputs }
      - { from: argument 0.attributes, to: result.attributes }
  - call: withSpan
    result: unknown
    flows:
      - { from: new LiveSpan, to: callback 0 parameter 0 }
      - { from: argument 1.inputs, to: callback 0 parameter 0.inputs }
      - { from: callback 0 result, to: result }
  - { call: getCurrentActiveSpan, result: [LiveSpan, "null"] }
  - { call: LiveSpan.setInputs, flows: [{ from: argument 0, to: receiver.inputs }] }
  - { call: LiveSpan.setOutputs, flows: [{ from: argument 0, to: receiver.outputs }] }
  - { call: LiveSpan.setAttribute, flows: [{ from: argument 1, to: "receiver.attributes[argument 0]" }] }
  - { call: LiveSpan.setAttributes, flows: [{ from: argument 0, to: receiver.attributes }] }
  - { call: LiveSpan.getAttribute, result: unknown, flows: [{ from: "receiver.attributes[argument 0]", to: result }] }
  - { call: LiveSpan.end, flows: [{ from: argument 0.outputs, to: receiver.outputs }] }
  - { call: [LiveSpan.setStatus, LiveSpan.setSpanType, LiveSpan.addEvent, LiveSpan.recordException, updateCurrentTrace] }
  - { call: [init, flushTraces, getLastActiveTraceId], result: unknown }
  # A function that is traced does what it does.
  - { call: trace, flows: [{ from: argument 0, to: result }] }
`,
  moment: `# yaml-language-server: $schema=../schema/models.schema.json
# Moment: https://momentjs.com. A date says what it was made of; it is changed in place.
version: 1
package: [moment, moment-timezone]

types:
  Moment: {}
  Duration: {}

functions:
  - call: [default, moment, utc, unix, parseZone, tz]
    result: Moment
    flows: [{ from: argument *, to: result, how: derived }]
  - { call: duration, result: Duration, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: [isMoment, isDate, isDuration], result: boolean }
  - { call: [locale, updateLocale], result: string }
  - call: [add, subtract, set, startOf, endOf, utc, local, tz, locale]
    of: Moment
    flows: [{ from: argument *, to: receiver, how: derived }, { from: receiver, to: result }]
  - { call: clone, of: Moment, result: Moment, flows: [{ from: receiver, to: result, how: derived }] }
  # A number, or with an argument the date itself.
  - call: [month, day, date, year, hour, minute, second, millisecond, utcOffset]
    of: Moment
    result: number
    flows:
      - { from: argument *, to: receiver, how: derived }
      - { from: receiver, to: result, how: derived }
      - { from: receiver, to: result }
  - call: [format, toISOString, toString, toJSON, fromNow, from, to, toNow, calendar]
    of: Moment
    result: string
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - call: [valueOf, unix, diff, get, daysInMonth, week, isoWeek, quarter, dayOfYear, weekday]
    of: Moment
    result: number
    flows: [{ from: [receiver, argument 0], to: result, how: derived }]
  - { call: toDate, of: Moment, result: Date, flows: [{ from: receiver, to: result, how: derived }] }
  - { call: [toArray, toObject], of: Moment, flows: [{ from: receiver, to: result, how: derived }] }
  - call: [isValid, isBefore, isAfter, isSame, isSameOrBefore, isSameOrAfter, isBetween, isLeapYear, isUTC]
    of: Moment
    result: boolean
  - { call: [humanize, toISOString], of: Duration, result: string, flows: [{ from: receiver, to: result, how: derived }] }
  - call: [asMilliseconds, asSeconds, asMinutes, asHours, asDays, asWeeks, asMonths, asYears, days, hours, minutes, seconds, months, years]
    of: Duration
    result: number
    flows: [{ from: receiver, to: result, how: derived }]
`,
  ms: `# yaml-language-server: $schema=../schema/models.schema.json
# Spans of time as text and as numbers.
version: 1
package: [ms, timeago.js, pretty-ms, humanize-duration]

functions:
  - { call: [default, ms, format], result: string, flows: [{ from: argument 0, to: result, how: derived }] }
`,
  mustache: `# yaml-language-server: $schema=../schema/models.schema.json
# Templates with what is put into them: Mustache.
version: 1
package: mustache

functions:
  - { call: render, result: string, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: escape, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: clearCache }
`,
  nats: `# yaml-language-server: $schema=../schema/models.schema.json
# Messages by subject, requests and their replies, streams and key-value buckets: https://nats-io.github.io/nats.js
version: 1
package: [nats, nats.ws, "@nats-io/nats-core", "@nats-io/transport-node", "@nats-io/jetstream", "@nats-io/kv"]

types:
  NatsConnection: {}
  Subscription: { like: global:Array }
  Msg: { exported: [Msg, JsMsg] }
  JetStreamClient: { like: global:Object }
  Consumer: {}
  ConsumerMessages: { like: global:Array }
  KV: {}
  KvEntry: {}
  Kvm: {}
  Codec: {}

functions:
  - { call: [connect, wsconnect], undeclared: true, async: true, result: NatsConnection }
  - { call: [StringCodec, JSONCodec], undeclared: true, result: Codec }
  - { call: Codec.encode, flows: [{ from: argument 0, to: result }] }
  - { call: Codec.decode, result: unknown, flows: [{ from: argument 0, to: result, how: parsed }, { from: argument 0, to: result }] }

  - call: publish
    of: [NatsConnection, JetStreamClient]
    undeclared: true
    async: true
    flows:
      - { from: argument 1, to: place nats(argument 0).data }
      - { from: argument 2.headers, to: place nats(argument 0).headers }
  - call: subscribe
    of: [NatsConnection, JetStreamClient]
    undeclared: true
    later: true
    result: Subscription
    flows:
      - { from: new Msg, to: ["result[*]", callback 1.callback parameter 1] }
      - { from: argument 0, to: ["result[*].subject", callback 1.callback parameter 1.subject] }
      - { from: place nats(matching argument 0).data, to: ["result[*].data", callback 1.callback parameter 1.data] }
      - { from: place nats(matching argument 0).headers, to: ["result[*].headers", callback 1.callback parameter 1.headers] }
  - call: NatsConnection.request
    async: true
    result: Msg
    flows:
      - { from: argument 1, to: place nats(argument 0).data }
      - { from: place nats-reply(argument 0), to: result.data }
  - { call: Msg.respond, undeclared: true, result: boolean, flows: [{ from: argument 0, to: place nats-reply(matching receiver.subject) }] }
  - { call: [Msg.json, KvEntry.json], result: unknown, flows: [{ from: [receiver.data, receiver.value], to: result, how: parsed }] }
  - { call: [Msg.string, KvEntry.string], flows: [{ from: [receiver.data, receiver.value], to: result }] }
  - { call: [ack, nak, term, working, ackAck], of: Msg, undeclared: true, result: unknown }
  - { call: [close, drain, flush, closed], of: NatsConnection, async: true }
  - { call: [unsubscribe, drain, stop, close], of: [Subscription, ConsumerMessages], undeclared: true }

  # Which subjects a stream takes in is told where it is set up, which need not be in the program.
  - { call: [NatsConnection.jetstream, jetstream], undeclared: true, result: JetStreamClient }
  - { call: JetStreamClient.consumers.get, undeclared: true, async: true, result: Consumer }
  - call: [consume, fetch]
    of: Consumer
    async: true
    later: true
    result: ConsumerMessages
    flows:
      - { from: new Msg, to: ["result[*]", callback 0.callback parameter 0] }
      - { from: place nats(*).data, to: ["result[*].data", callback 0.callback parameter 0.data] }
  - { call: Consumer.next, async: true, result: [Msg, "null"], flows: [{ from: place nats(*).data, to: result.data }] }

  - { call: Kvm, undeclared: true, result: Kvm }
  - call: [JetStreamClient.views.kv, Kvm.create, Kvm.open]
    undeclared: true
    async: true
    result: KV
    flows: [{ from: argument 0, to: result.bucket }]
  - call: [KV.put, KV.create, KV.update]
    undeclared: true
    async: true
    result: number
    flows: [{ from: argument 1, to: "place nats-kv(receiver.bucket, argument 0)" }]
  - call: KV.get
    undeclared: true
    async: true
    result: [KvEntry, "null"]
    flows: [{ from: "place nats-kv(receiver.bucket, argument 0)", to: result.value }]
  - { call: [KV.delete, KV.purge], undeclared: true, async: true }
`,
  "node-cache": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/node-cache/node-cache
version: 1
package: node-cache

types:
  NodeCache: { like: global:Map, exported: default }

functions:
  - { call: NodeCache.set, result: boolean, flows: [{ from: argument 1, to: "receiver[argument 0]" }] }
  - { call: NodeCache.mset, result: boolean, flows: [{ from: "argument 0[*].val", to: "receiver[*]" }] }
  - { call: NodeCache.mget, result: object, flows: [{ from: "receiver[*]", to: "result[*]" }] }
  - { call: NodeCache.take, flows: [{ from: "receiver[argument 0]", to: result }] }
  - { call: NodeCache.keys, result: array, flows: [{ from: "receiver[keys]", to: "result[*]" }] }
  - { call: NodeCache.del, result: number }
  - { call: NodeCache.ttl, result: boolean }
  - { call: [NodeCache.flushAll, NodeCache.flushStats, NodeCache.close] }
  - { call: NodeCache.getTtl, result: number }
`,
  openai: `# yaml-language-server: $schema=../schema/models.schema.json
# Files that are uploaded to OpenAI, and what is given their ids: https://platform.openai.com/docs/api-reference/files
version: 1
package: openai

types:
  OpenAI: { namespace: true, exported: [default, OpenAI, AzureOpenAI] }
  Content: {}

functions:
  - call: OpenAI.files.create
    async: true
    result: unknown
    flows:
      - { from: argument 0.file, to: result.id, how: reference }
      - { from: argument 0.purpose, to: result.purpose }
  - call: [OpenAI.files.retrieve, OpenAI.files.waitForProcessing]
    async: true
    result: unknown
    flows: [{ from: argument 0, to: result.id }]
  - call: OpenAI.files.content
    async: true
    result: Content
    flows: [{ from: argument 0, to: result.body, how: dereferenced }]
  - { call: [text, json, arrayBuffer, blob], of: Content, undeclared: true, async: true, flows: [{ from: receiver.body, to: result }] }

  # A file in parts: \`uploads.create\`, \`uploads.parts.create\` for each, \`uploads.complete\` with the parts' ids.
  - call: OpenAI.uploads.parts.create
    async: true
    result: unknown
    flows: [{ from: argument 1.data, to: result.id, how: reference }]
  - call: OpenAI.uploads.complete
    async: true
    result: unknown
    flows: [{ from: "argument 1.part_ids[*]", to: result.file.id, how: derived }]

  - call: OpenAI.fineTuning.jobs.create
    async: true
    result: unknown
    flows:
      - { from: argument 0.training_file, to: result.training_file }
      - { from: argument 0.validation_file, to: result.validation_file }
    fetches:
      - { from: argument 0.training_file, to: argument 0.training_file, how: dereferenced }
      - { from: argument 0.validation_file, to: argument 0.validation_file, how: dereferenced }
  - call: OpenAI.evals.runs.create
    async: true
    result: unknown
    fetches: [{ from: argument 1.data_source.source.id, to: argument 1.data_source.source.id, how: dereferenced }]
  - call: OpenAI.batches.create
    async: true
    result: unknown
    fetches: [{ from: argument 0.input_file_id, to: argument 0.input_file_id, how: dereferenced }]

  # A vector store's id leads back to the files that it was made with.
  - call: OpenAI.vectorStores.create
    async: true
    result: unknown
    flows: [{ from: "argument 0.file_ids[*]", to: result.id, how: derived }]
    fetches: [{ from: "argument 0.file_ids[*]", to: "argument 0.file_ids[*]", how: dereferenced }]
  - call: [OpenAI.vectorStores.files.create, OpenAI.vectorStores.files.createAndPoll]
    async: true
    result: unknown
    fetches: [{ from: argument 1.file_id, to: argument 1.file_id, how: dereferenced }]
  - call: [OpenAI.vectorStores.fileBatches.create, OpenAI.vectorStores.fileBatches.createAndPoll]
    async: true
    result: unknown
    fetches: [{ from: "argument 1.file_ids[*]", to: "argument 1.file_ids[*]", how: dereferenced }]
`,
  "p-each-series": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/sindresorhus/p-each-series
version: 1
package: p-each-series

functions:
  - call: [default, pEachSeries]
    async: true
    flows: [{ from: "argument 0[*]", to: callback 1 parameter 0 }, { from: argument 0, to: result }]
`,
  "p-filter": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/sindresorhus/p-filter
version: 1
package: p-filter

functions:
  - call: [default, pFilter]
    async: true
    result: array
    flows: [{ from: "argument 0[*]", to: callback 1 parameter 0 }, { from: "argument 0[*]", to: "result[*]" }]
`,
  "p-map": `# yaml-language-server: $schema=../schema/models.schema.json
# Lists through asynchronous functions: https://github.com/sindresorhus/p-map and its kin.
version: 1
package: [p-map, p-map-series]

functions:
  - call: [default, pMap]
    async: true
    result: array
    flows:
      - { from: "argument 0[k]", to: callback 1 parameter 0 }
      - { from: "argument 0[keys]", to: callback 1 parameter 1 }
      - { from: callback 1 result, to: "result[k]" }
`,
  "p-props": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/sindresorhus/p-props
version: 1
package: p-props

functions:
  - call: [default, pProps]
    async: true
    result: object
    flows: [{ from: "argument 0[k]", to: "result[k]" }]
`,
  "p-queue": `# yaml-language-server: $schema=../schema/models.schema.json
# A queue of functions: https://github.com/sindresorhus/p-queue
version: 1
package: p-queue

types:
  PQueue: { exported: default }

functions:
  - { call: PQueue.add, async: true, flows: [{ from: callback 0 result, to: result }] }
  - { call: PQueue.addAll, async: true, result: array, flows: [{ from: "callback 0[*] result", to: "result[*]" }] }
  - { call: [PQueue.onIdle, PQueue.onEmpty, PQueue.onSizeLessThan], async: true }
  - { call: [PQueue.pause, PQueue.clear] }
  - { call: PQueue.start, flows: [{ from: receiver, to: result }] }
`,
  "p-reduce": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/sindresorhus/p-reduce
version: 1
package: p-reduce

functions:
  - call: [default, pReduce]
    async: true
    flows:
      - { from: argument 2, to: callback 1 parameter 0 }
      - { from: callback 1 result, to: callback 1 parameter 0 }
      - { from: "argument 0[k]", to: callback 1 parameter 1 }
      - { from: [callback 1 result, argument 2], to: result }
`,
  "password-hashes": `# yaml-language-server: $schema=../schema/models.schema.json
# Hashes of passwords: a pseudonym of what was hashed.
version: 1
package: [bcrypt, bcryptjs, argon2, "@node-rs/bcrypt", "@node-rs/argon2"]

functions:
  - {
      call: hash,
      result: string,
      async: true,
      flows: [{ from: argument 0, to: result, how: pseudonymised }, { from: argument 0, to: callback 2 parameter 1, how: pseudonymised }],
    }
  - { call: hashSync, result: string, flows: [{ from: argument 0, to: result, how: pseudonymised }] }
  - { call: [compare, verify], result: boolean, async: true }
  - { call: [compareSync, verifySync, needsRehash], result: boolean }
  - { call: genSalt, result: string, async: true }
  - { call: genSaltSync, result: string }
  - { call: getRounds, result: number }
`,
  "pg-boss": `# yaml-language-server: $schema=../schema/models.schema.json
# Jobs by the name of their queue: https://timgit.github.io/pg-boss. Handlers get a job, since version 10 a list of jobs.
version: 1
package: pg-boss

types:
  PgBoss: { like: "node:events:EventEmitter", exported: [default, PgBoss] }
  Job: {}

functions:
  - call: [send, sendAfter, sendThrottled, sendDebounced, sendOnce, sendSingleton, publish, publishAfter]
    of: PgBoss
    undeclared: true
    async: true
    result: [string, "null"]
    flows:
      - { from: argument 1, to: place pg-boss(argument 0) }
      - { from: argument 0.data, to: place pg-boss(argument 0.name) }
  - call: PgBoss.schedule
    async: true
    flows: [{ from: argument 2, to: place pg-boss(argument 0) }]
  - call: PgBoss.insert
    async: true
    flows:
      - { from: "argument 0[k].data", to: "place pg-boss(argument 0[k].name)" }
      - { from: "argument 1[*].data", to: place pg-boss(argument 0) }
  - call: [work, subscribe]
    of: PgBoss
    undeclared: true
    async: true
    later: true
    result: string
    flows:
      # \`subscribe(event, queue)\`
      - { from: place pg-boss(argument 0), to: place pg-boss(argument 1) }
      - { from: new Job, to: [callback 1 parameter 0, callback 2 parameter 0] }
      - { from: place pg-boss(argument 0), to: [callback 1 parameter 0.data, callback 2 parameter 0.data] }
      - { from: place pg-boss(argument 0), to: ["callback 1 parameter 0[*].data", "callback 2 parameter 0[*].data"] }
  - call: PgBoss.fetch
    async: true
    result: array
    flows:
      - { from: new Job, to: "result[*]" }
      - { from: place pg-boss(argument 0), to: ["result[*].data", result.data] }
  - call: PgBoss.getJobById
    async: true
    result: [Job, "null"]
    flows:
      - { from: [place pg-boss(argument 0)], to: result.data }
  - call:
      [
        start,
        stop,
        createQueue,
        deleteQueue,
        complete,
        cancel,
        fail,
        resume,
        offWork,
        unsubscribe,
        unschedule,
        getQueueSize,
        deleteJob,
        touch,
        retry,
      ]
    of: PgBoss
    undeclared: true
    async: true
    result: unknown
`,
  pinecone: `# yaml-language-server: $schema=../schema/models.schema.json
# Indexes and their namespaces: https://docs.pinecone.io
version: 1
package: "@pinecone-database/pinecone"

types:
  Pinecone: { namespace: true }
  Index: { namespace: true }

functions:
  - { call: [Pinecone.index, Pinecone.Index, Index.namespace], undeclared: true, result: Index }
`,
  pubsub: `# yaml-language-server: $schema=../schema/models.schema.json
# Topics and what subscribes to them: https://cloud.google.com/nodejs/docs/reference/pubsub/latest. Which topic a subscription is of is told
# where it is set up, which need not be in the program: it gets what is published to any.
version: 1
package: "@google-cloud/pubsub"

types:
  PubSub: {}
  Topic: {}
  Subscription: { like: "node:events:EventEmitter" }
  Message: {}

functions:
  - { call: PubSub.topic, undeclared: true, result: Topic, flows: [{ from: argument 0, to: result.name }] }
  - {
      call: PubSub.createTopic,
      async: true,
      result: array,
      flows: [{ from: new Topic, to: "result[*]" }, { from: argument 0, to: "result[*].name" }],
    }
  - call: [publishMessage, publish, publishJSON]
    of: Topic
    undeclared: true
    async: true
    result: string
    flows:
      - { from: argument 0.data, to: place pubsub(receiver.name).data }
      - { from: argument 0.json, to: place pubsub(receiver.name).data, how: stringified }
      - { from: argument 0.attributes, to: place pubsub(receiver.name).attributes }
  - { call: [PubSub.subscription, Topic.subscription], undeclared: true, result: Subscription }
  - call: [on, once]
    of: Subscription
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: new Message, to: callback 1 parameter 0, when: { argument 0: message } }
      - { from: place pubsub(*).data, to: callback 1 parameter 0.data, when: { argument 0: message } }
      - { from: place pubsub(*).attributes, to: callback 1 parameter 0.attributes, when: { argument 0: message } }
  - { call: [ack, nack, ackWithResponse], of: Message, undeclared: true, async: true }
  - { call: [close, delete], of: Subscription, undeclared: true, async: true }
`,
  qs: `# yaml-language-server: $schema=../schema/models.schema.json
# Query strings: what is in them can be told apart again.
version: 1
package: [qs, query-string]

functions:
  - { call: stringify, like: global:JSON.stringify }
  - { call: parse, like: global:JSON.parse }
  - { call: [exclude, pick, stringifyUrl, extract], result: string, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: parseUrl, flows: [{ from: argument 0, to: result, how: derived }] }
`,
  "quick-lru": `# yaml-language-server: $schema=../schema/models.schema.json
# https://github.com/sindresorhus/quick-lru
version: 1
package: quick-lru

types:
  QuickLRU: { like: global:Map, exported: default }

functions:
  - { call: QuickLRU.peek, flows: [{ from: "receiver[argument 0]", to: result }] }
  - { call: QuickLRU.resize }
`,
  ramda: `# yaml-language-server: $schema=../schema/models.schema.json
# Ramda: https://ramdajs.com/docs. Every function takes its arguments bit by bit, data last.
version: 1
package: ramda

functions:
  # Functions of functions.
  - { call: pipe, like: lodash:flow }
  - { call: compose, like: lodash:flowRight }
  - { call: curry, like: lodash:curry }
  - { call: [identity, memoizeWith, once, unary, binary], flows: [{ from: argument 0, to: result }] }
  - { call: always, flows: [{ from: argument 0, to: result result }] }
  - call: tap
    curried: 2
    flows: [{ from: argument 1, to: callback 0 parameter 0 }, { from: argument 1, to: result }]

  # Each element.
  - call: [map, mapObjIndexed]
    curried: 2
    flows:
      - { from: "argument 1[k]", to: callback 0 parameter 0 }
      - { from: "argument 1[keys]", to: callback 0 parameter 1 }
      - { from: callback 0 result, to: "result[k]" }
  - call: forEach
    curried: 2
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: argument 1, to: result }]
  - call: chain
    curried: 2
    result: array
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: "callback 0 result[*]", to: "result[*]" }]
  - call: [reduce, reduceRight]
    curried: 3
    flows:
      - { from: argument 1, to: callback 0 parameter 0 }
      - { from: callback 0 result, to: callback 0 parameter 0 }
      - { from: "argument 2[k]", to: callback 0 parameter 1 }
      - { from: [callback 0 result, argument 1], to: result }

  # Some of the elements.
  - call: [filter, reject, takeWhile, dropWhile, takeLastWhile, dropLastWhile, sortBy, uniqBy, sort]
    curried: 2
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: "argument 1[*]", to: "result[*]" }]
  - call: [take, drop, takeLast, dropLast, without, intersperse]
    curried: 2
    flows: [{ from: "argument 1[*]", to: "result[*]" }]
  - { call: slice, curried: 3, flows: [{ from: "argument 2[*]", to: "result[*]" }] }
  - { call: [tail, init, reverse, uniq], result: array, flows: [{ from: "argument 0[*]", to: "result[*]" }] }
  - call: [find, findLast]
    curried: 2
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: "argument 1[*]", to: result }]
  - { call: [head, last], flows: [{ from: "argument 0[*]", to: result }] }
  - { call: nth, curried: 2, flows: [{ from: "argument 1[argument 0]", to: result }] }
  - call: partition
    curried: 2
    result: array
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: "argument 1[*]", to: ["result[0][*]", "result[1][*]"] }]
  - call: [groupBy]
    curried: 2
    result: object
    flows:
      - { from: "argument 1[*]", to: callback 0 parameter 0 }
      - { from: "argument 1[*]", to: "result[*][*]" }
  - call: [indexBy]
    curried: 2
    result: object
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }, { from: "argument 1[*]", to: "result[*]" }]

  # Lists of more.
  - { call: [append, prepend], curried: 2, result: array, flows: [{ from: ["argument 1[*]", argument 0], to: "result[*]" }] }
  - { call: [concat, union, intersection], curried: 2, flows: [{ from: ["argument 0[*]", "argument 1[*]"], to: "result[*]" }] }
  - { call: [difference], curried: 2, result: array, flows: [{ from: "argument 0[*]", to: "result[*]" }] }
  - { call: [flatten, unnest], result: array, flows: [{ from: ["argument 0[*][*]", "argument 0[*]"], to: "result[*]" }] }
  - { call: [splitEvery, aperture], curried: 2, result: array, flows: [{ from: "argument 1[*]", to: "result[*][*]" }] }
  - call: zip
    curried: 2
    result: array
    flows: [{ from: "argument 0[*]", to: "result[*][0]" }, { from: "argument 1[*]", to: "result[*][1]" }]
  - call: zipObj
    curried: 2
    result: object
    flows: [{ from: "argument 1[*]", to: "result[*]" }]

  # Properties.
  - { call: prop, curried: 2, flows: [{ from: "argument 1[argument 0]", to: result }] }
  - { call: propOr, curried: 3, flows: [{ from: ["argument 2[argument 1]", argument 0], to: result }] }
  - { call: path, curried: 2, flows: [{ from: "argument 1[path argument 0]", to: result }] }
  - { call: pathOr, curried: 3, flows: [{ from: ["argument 2[path argument 1]", argument 0], to: result }] }
  - { call: props, curried: 2, result: array, flows: [{ from: "argument 1[k of argument 0]", to: "result[*]" }] }
  - { call: pluck, curried: 2, result: array, flows: [{ from: "argument 1[k][argument 0]", to: "result[k]" }] }
  - { call: project, curried: 2, result: array, flows: [{ from: "argument 1[*][k of argument 0]", to: "result[*][k]" }] }
  - { call: pick, curried: 2, result: object, flows: [{ from: "argument 1[k of argument 0]", to: "result[k]" }] }
  - { call: pickAll, curried: 2, result: object, flows: [{ from: "argument 1[k of argument 0]", to: "result[k]" }] }
  - { call: [omit, dissoc], curried: 2, result: object, flows: [{ from: "argument 1[k not of argument 0]", to: "result[k]" }] }
  - call: assoc
    curried: 3
    result: object
    flows: [{ from: "argument 2[k]", to: "result[k]" }, { from: argument 1, to: "result[argument 0]" }]
  - call: assocPath
    curried: 3
    flows: [{ from: argument 2, to: result, how: copy }, { from: argument 1, to: "result[path argument 0]" }]
  - call: modify
    curried: 3
    result: object
    flows:
      - { from: "argument 2[k]", to: "result[k]" }
      - { from: "argument 2[argument 0]", to: callback 1 parameter 0 }
      - { from: callback 1 result, to: "result[argument 0]" }
  - call: mergeRight
    curried: 2
    result: object
    flows: [{ from: "argument 0[k]", to: "result[k]" }, { from: "argument 1[k]", to: "result[k]" }]
  - call: mergeLeft
    curried: 2
    result: object
    flows: [{ from: "argument 1[k]", to: "result[k]" }, { from: "argument 0[k]", to: "result[k]" }]
  - { call: mergeAll, result: object, flows: [{ from: "argument 0[*][*]", to: "result[*]" }] }
  - call: mergeDeepRight
    curried: 2
    flows: [{ from: argument 0, to: result, how: copy }, { from: argument 1, to: result, how: copy }]
  - call: mergeDeepLeft
    curried: 2
    flows: [{ from: argument 1, to: result, how: copy }, { from: argument 0, to: result, how: copy }]
  - { call: objOf, curried: 2, result: object, flows: [{ from: argument 1, to: "result[argument 0]" }] }
  - { call: clone, flows: [{ from: argument 0, to: result, how: copy }] }
  - { call: values, result: array, flows: [{ from: "argument 0[*]", to: "result[*]" }] }
  - { call: keys, result: array, flows: [{ from: "argument 0[keys]", to: "result[*]" }] }
  - call: toPairs
    result: array
    flows: [{ from: "argument 0[keys]", to: "result[*][0]" }, { from: "argument 0[*]", to: "result[*][1]" }]
  - call: fromPairs
    result: object
    flows: [{ from: "argument 0[*][1]", to: "result[*]" }, { from: "argument 0[*][0]", to: "result[*]", how: derived }]

  # Choices.
  - { call: defaultTo, curried: 2, flows: [{ from: [argument 0, argument 1], to: result }] }
  - call: [when, unless]
    curried: 3
    flows:
      - { from: argument 2, to: [callback 0 parameter 0, callback 1 parameter 0, result] }
      - { from: callback 1 result, to: result }

  # Texts and numbers.
  - call: [toUpper, toLower, trim, toString]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - { call: join, curried: 2, result: string, flows: [{ from: [argument 0, argument 1], to: result, how: derived }] }
  - { call: replace, curried: 3, result: string, flows: [{ from: [argument 1, argument 2], to: result, how: derived }] }
  - { call: [split, match], curried: 2, result: array, flows: [{ from: argument 1, to: "result[*]", how: derived }] }
  - { call: [add, subtract, multiply, divide, modulo], curried: 2, result: number, flows: [{ from: argument *, to: result, how: derived }] }
  - { call: [sum, product, mean, median, negate, inc, dec], result: number, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [max, min], curried: 2, flows: [{ from: argument *, to: result }] }
  - { call: length, result: number }
  - call: [equals, includes, has, hasPath, startsWith, endsWith, gt, gte, lt, lte, identical, is]
    curried: 2
    result: boolean
  - { call: [propEq, pathEq, eqBy, eqProps, propIs], curried: 3, result: boolean }
  - { call: [isNil, isNotNil, isEmpty, isNotEmpty, not, T, F], result: boolean }
  - call: [any, all, none]
    curried: 2
    result: boolean
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }]
  - call: [findIndex, findLastIndex, count]
    curried: 2
    result: number
    flows: [{ from: "argument 1[*]", to: callback 0 parameter 0 }]
`,
  redactors: `# yaml-language-server: $schema=../schema/models.schema.json
# What takes names and numbers out of texts: what is left is still of the person, whatever the rules have found.
version: 1
package: redact-pii

types:
  SyncRedactor: {}
  AsyncRedactor: {}
  GoogleDLPRedactor: {}

functions:
  - { call: SyncRedactor.redact, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - {
      call: [AsyncRedactor.redactAsync, GoogleDLPRedactor.redactAsync],
      async: true,
      result: string,
      flows: [{ from: argument 0, to: result, how: derived }],
    }
`,
  redis: `# yaml-language-server: $schema=../schema/models.schema.json
# Redis through its clients: a key's value, the fields of a hash, the elements of lists, sets and streams, and messages by channel.
# https://redis.io/docs/latest/commands; commands are spelled as ioredis and old versions of redis do, or as redis does since version 4.
version: 1
package: [ioredis, redis, "@redis/client", "@upstash/redis", "@vercel/kv"]

types:
  Redis:
    like: node:events:EventEmitter
    exported: [default, Redis, IORedis, Cluster, Redis.Cluster, VercelKV, kv]
  RedisClient:
    like: node:events:EventEmitter
    exported: [RedisClientType, RedisClientPoolType, RedisClusterType]
  Pipeline: { gathers: Redis, exported: [Pipeline, ChainableCommander] }
  Multi: { gathers: RedisClient, exported: [RedisClientMultiCommandType] }

functions:
  - { call: [createClient, createClientPool, createCluster], undeclared: true, result: RedisClient }
  - { call: [Redis.fromEnv, default.fromEnv], undeclared: true, result: Redis }
  - { call: Redis.duplicate, undeclared: true, result: Redis }
  - { call: RedisClient.duplicate, undeclared: true, result: RedisClient }
  - { call: [connect, on, once], of: RedisClient, undeclared: true, async: true, flows: [{ from: receiver, to: result }] }
  - call:
      [
        quit,
        disconnect,
        end,
        close,
        destroy,
        ping,
        select,
        auth,
        flushall,
        flushdb,
        flushAll,
        flushDb,
        unsubscribe,
        punsubscribe,
        pUnsubscribe,
        unref,
      ]
    of: &clients [Redis, RedisClient]
    undeclared: true
    async: true
  - call: Redis.connect
    undeclared: true
    async: true

  # Keys
  - call:
      [
        del,
        unlink,
        exists,
        expire,
        pexpire,
        expireat,
        persist,
        ttl,
        pttl,
        touch,
        incr,
        decr,
        strlen,
        dbsize,
        expireAt,
        pExpire,
        pTTL,
        dbSize,
        hdel,
        hexists,
        hlen,
        hDel,
        hExists,
        hLen,
        hstrlen,
        llen,
        lrem,
        ltrim,
        lLen,
        lRem,
        lTrim,
        srem,
        scard,
        sismember,
        sRem,
        sCard,
        sIsMember,
        zrem,
        zcard,
        zscore,
        zrank,
        zcount,
        zRem,
        zCard,
        zScore,
        zRank,
        zCount,
        zremrangebyscore,
        zremrangebyrank,
        zRemRangeByScore,
        zRemRangeByRank,
        xack,
        xlen,
        xdel,
        xtrim,
        xAck,
        xLen,
        xDel,
        xTrim,
        xgroup,
        xGroupCreate,
      ]
    of: *clients
    undeclared: true
    async: true
    result: number
  - { call: [keys], of: *clients, undeclared: true, async: true, result: array }
  - { call: [type], of: *clients, undeclared: true, async: true, result: string }
  - { call: [scan], of: *clients, undeclared: true, async: true, result: unknown }
  - call: [rename, renamenx, copy, renameNX]
    of: *clients
    undeclared: true
    async: true
    flows: [{ from: place redis(argument 0), to: place redis(argument 1) }]

  # Values
  - call: [set, setnx, setNX, append, incrby, incrbyfloat, incrBy, incrByFloat, decrby, decrBy]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows: [{ from: argument 1, to: place redis(argument 0) }]
  - call: [setex, psetex, setEx, pSetEx]
    of: *clients
    undeclared: true
    async: true
    result: string
    flows: [{ from: argument 2, to: place redis(argument 0) }]
  - call: [get, getdel, getex, getrange, getBuffer, getDel, getEx, getRange]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows:
      - { from: place redis(argument 0), to: [result, callback 1 parameter 1] }
  - call: [getset, getSet]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows:
      - { from: place redis(argument 0), to: result }
      - { from: argument 1, to: place redis(argument 0) }
  - call: [mset, msetnx, mSet, mSetNX]
    of: *clients
    undeclared: true
    async: true
    result: string
    flows:
      - { from: "argument 0[k]", to: "place redis(argument 0[keys])" }
      - { from: argument 1, to: place redis(argument 0) }
      - { from: argument 3, to: place redis(argument 2) }
      - { from: argument 5, to: place redis(argument 4) }
  - call: [mget, mGet]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows:
      - { from: place redis(argument 0), to: "result[0]" }
      - { from: place redis(argument 1), to: "result[1]" }
      - { from: place redis(argument 2), to: "result[2]" }
      - { from: place redis(argument 3..), to: "result[*]" }
      - { from: "place redis(argument 0[k])", to: "result[k]" }
  - call: [RedisClient.json.set, Redis.json.set]
    undeclared: true
    async: true
    flows: [{ from: argument 2, to: place redis(argument 0) }]
  - call: [RedisClient.json.get, Redis.json.get]
    undeclared: true
    async: true
    result: "null"
    flows: [{ from: place redis(argument 0), to: result }]

  # Hashes
  - call: [hset, hmset, hSet]
    of: *clients
    undeclared: true
    async: true
    result: number
    flows:
      - { from: "argument 1[k]", to: "place redis(argument 0)[k]" }
      - { from: argument 2, to: "place redis(argument 0)[argument 1]" }
      - { from: argument 4, to: "place redis(argument 0)[argument 3]" }
      - { from: argument 6, to: "place redis(argument 0)[argument 5]" }
      - { from: argument 8.., to: "place redis(argument 0)[*]" }
  - call: [hsetnx, hincrby, hincrbyfloat, hSetNX, hIncrBy, hIncrByFloat]
    of: *clients
    undeclared: true
    async: true
    result: number
    flows: [{ from: argument 2, to: "place redis(argument 0)[argument 1]" }]
  - call: [hget, hGet]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows:
      - { from: "place redis(argument 0)[argument 1]", to: [result, callback 2 parameter 1] }
  - call: [hmget, hmGet]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows:
      - { from: "place redis(argument 0)[argument 1]", to: "result[0]" }
      - { from: "place redis(argument 0)[argument 2]", to: "result[1]" }
      - { from: "place redis(argument 0)[argument 3]", to: "result[2]" }
      - { from: "place redis(argument 0)[k of argument 1]", to: "result[*]" }
  - call: [hgetall, hGetAll]
    of: *clients
    undeclared: true
    async: true
    flows:
      - { from: place redis(argument 0), to: [result, callback 1 parameter 1] }
  - call: [hvals, hVals]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows: [{ from: "place redis(argument 0)[*]", to: "result[*]" }]
  - {
      call: [hkeys, hKeys],
      of: *clients,
      undeclared: true,
      async: true,
      result: array,
      flows: [{ from: "place redis(argument 0)[keys]", to: "result[*]" }],
    }

  # Lists, sets, sorted sets
  - call: [lpush, rpush, lpushx, rpushx, sadd, lPush, rPush, lPushX, rPushX, sAdd]
    of: *clients
    undeclared: true
    async: true
    result: number
    flows:
      - { from: ["argument 1[*]", argument 1..], to: "place redis(argument 0)[*]" }
  - call: zadd
    of: *clients
    undeclared: true
    async: true
    result: number
    flows:
      - { from: [argument 1.member, argument 2..], to: "place redis(argument 0)[*]" }
  - call: zAdd
    of: *clients
    undeclared: true
    async: true
    result: number
    flows:
      - { from: [argument 1.value, "argument 1[*].value"], to: "place redis(argument 0)[*]" }
  - call: [lset, lSet, zincrby, zIncrBy]
    of: *clients
    undeclared: true
    async: true
    flows: [{ from: argument 2, to: "place redis(argument 0)[*]" }]
  - {
      call: [linsert, lInsert],
      of: *clients,
      undeclared: true,
      async: true,
      flows: [{ from: argument 3, to: "place redis(argument 0)[*]" }],
    }
  - call: [lpop, rpop, lindex, spop, srandmember, lPop, rPop, lIndex, sPop, sRandMember]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows: [{ from: "place redis(argument 0)[*]", to: result }]
  - call: [lrange, smembers, lRange, sMembers, lPopCount, rPopCount, sRandMemberCount]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows:
      - { from: "place redis(argument 0)[*]", to: ["result[*]", "callback 3 parameter 1[*]"] }
  - call:
      [zrange, zrevrange, zrangebyscore, zrevrangebyscore, zrangebylex, zpopmin, zpopmax, zrandmember, zRange, zRangeByScore, zRangeByLex]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows: [{ from: "place redis(argument 0)[*]", to: "result[*]" }]
  - call: [zRangeWithScores, zRangeByScoreWithScores, zPopMinCount, zPopMaxCount]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows: [{ from: "place redis(argument 0)[*]", to: "result[*].value" }]
  - call: [zPopMin, zPopMax, bzPopMin, bzPopMax]
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows: [{ from: "place redis(argument 0)[*]", to: result.value }]
  - call: [blpop, brpop, bzpopmin, bzpopmax]
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows:
      - { from: argument 0, to: "result[0]" }
      - { from: ["place redis(argument 0)[*]", "place redis(argument 0[*])[*]"], to: "result[1]" }
  - call: [blPop, brPop]
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows:
      - { from: argument 0, to: result.key }
      - { from: ["place redis(argument 0)[*]", "place redis(argument 0[*])[*]"], to: result.element }
  - call: [rpoplpush, brpoplpush, lmove, blmove, rPopLPush, bRPopLPush, lMove, blMove]
    of: *clients
    undeclared: true
    async: true
    result: [string, "null"]
    flows:
      - { from: "place redis(argument 0)[*]", to: ["place redis(argument 1)[*]", result] }
  - call: [smove, sMove]
    of: *clients
    undeclared: true
    async: true
    flows: [{ from: argument 2, to: "place redis(argument 1)[*]" }]
  - call: [sunion, sinter, sdiff, sUnion, sInter, sDiff]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows:
      - { from: ["place redis(argument *)[*]", "place redis(argument 0[*])[*]"], to: "result[*]" }

  # Streams
  - call: xadd
    of: *clients
    undeclared: true
    async: true
    result: string
    flows:
      - { from: argument 3, to: "place redis-stream(argument 0)[argument 2]" }
      - { from: argument 5, to: "place redis-stream(argument 0)[argument 4]" }
      - { from: argument 7, to: "place redis-stream(argument 0)[argument 6]" }
      - { from: argument 8.., to: "place redis-stream(argument 0)[*]" }
  - call: xAdd
    of: *clients
    undeclared: true
    async: true
    result: string
    flows: [{ from: "argument 2[k]", to: "place redis-stream(argument 0)[k]" }]
  - call: [xrange, xrevrange]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows: [{ from: "place redis-stream(argument 0)[*]", to: "result[*][1][*]" }]
  - call: [xread, xreadgroup]
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows: [{ from: "place redis-stream(argument *)[*]", to: "result[*][1][*][1][*]" }]
  - call: [xRange, xRevRange]
    of: *clients
    undeclared: true
    async: true
    result: array
    flows: [{ from: place redis-stream(argument 0), to: "result[*].message" }]
  - call: xRead
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows:
      - { from: [place redis-stream(argument 0.key), "place redis-stream(argument 0[*].key)"], to: "result[*].messages[*].message" }
  - call: xReadGroup
    of: *clients
    undeclared: true
    async: true
    result: "null"
    flows:
      - { from: [place redis-stream(argument 2.key), "place redis-stream(argument 2[*].key)"], to: "result[*].messages[*].message" }

  # Messages
  - call: [publish, spublish, sPublish]
    of: *clients
    undeclared: true
    async: true
    result: number
    flows: [{ from: argument 1, to: place redis-channel(argument 0) }]
  - call: [subscribe, ssubscribe]
    of: Redis
    undeclared: true
    async: true
    flows: [{ from: ["argument 0[*]", argument *], to: "receiver.channels[*]" }]
  - call: psubscribe
    of: [Redis, RedisClient]
    undeclared: true
    async: true
    flows: [{ from: ["argument 0[*]", argument *], to: "receiver.patterns[*]" }]
  - call: [on, once]
    of: Redis
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: "receiver.channels[k]", to: callback 1 parameter 0, when: { argument 0: message } }
      - { from: "place redis-channel(receiver.channels[k])", to: callback 1 parameter 1, when: { argument 0: message } }
      - { from: "receiver.patterns[k]", to: callback 1 parameter 0, when: { argument 0: pmessage } }
      - { from: "place redis-channel(matching receiver.patterns[k])", to: callback 1 parameter 2, when: { argument 0: pmessage } }
  - call: [subscribe, sSubscribe]
    of: RedisClient
    undeclared: true
    async: true
    later: true
    flows:
      - { from: [place redis-channel(argument 0), "place redis-channel(argument 0[*])"], to: callback 1 parameter 0 }
      - { from: [argument 0, "argument 0[*]"], to: callback 1 parameter 1 }
  - call: pSubscribe
    of: RedisClient
    undeclared: true
    async: true
    later: true
    flows:
      - { from: [place redis-channel(matching argument 0), "place redis-channel(matching argument 0[*])"], to: callback 1 parameter 0 }

  # Several commands at once
  - { call: [pipeline, multi], of: Redis, undeclared: true, result: Pipeline }
  - { call: [multi, batch], of: RedisClient, undeclared: true, result: Multi }
  - call: Pipeline.exec
    async: true
    result: array
    flows: [{ from: "receiver.gathered[k]", to: "result[k][1]" }]
  - call: [Multi.exec, Multi.execAsPipeline, Multi.execTyped]
    undeclared: true
    async: true
    result: array
    flows: [{ from: "receiver.gathered[k]", to: "result[k]" }]
`,
  "remix-sessions": `# yaml-language-server: $schema=../schema/models.schema.json
# Cookies and sessions of Remix and React Router: https://reactrouter.com/explanation/sessions-and-cookies
version: 1
package: ["@remix-run/node", "@remix-run/cloudflare", "@remix-run/server-runtime", "@remix-run/deno", react-router]

types:
  Cookie: {}
  Storage: {}
  Session: {}

functions:
  - { call: createCookie, result: Cookie, flows: [{ from: argument 0, to: result.name }] }
  - { call: Cookie.serialize, async: true, result: string, flows: [{ from: argument 0, to: place cookie(receiver.name) }] }
  - { call: Cookie.parse, async: true, result: ["null"], flows: [{ from: place cookie(receiver.name), to: result }] }
  - call:
      [
        createCookieSessionStorage,
        createMemorySessionStorage,
        createSessionStorage,
        createFileSessionStorage,
        createWorkersKVSessionStorage,
      ]
    undeclared: true
    result: Storage
  - { call: Storage.getSession, undeclared: true, async: true, result: Session }
  - { call: [Storage.commitSession, Storage.destroySession], undeclared: true, async: true, result: string }
  - { call: [Session.set, Session.flash], flows: [{ from: argument 1, to: place session(argument 0) }] }
  - { call: Session.get, result: [undefined], flows: [{ from: place session(argument 0), to: result }] }
  - { call: Session.has, result: boolean }
  - { call: Session.unset }
`,
  retries: `# yaml-language-server: $schema=../schema/models.schema.json
# What is done again until it works: the result is that of the function.
version: 1
package: [p-retry, exponential-backoff, async-retry]

functions:
  - call: [default, pRetry, backOff]
    async: true
    flows:
      - { from: callback 0 result, to: result }
`,
  "sanitize-html": `# yaml-language-server: $schema=../schema/models.schema.json
# Cleaned HTML still says what it said: sanitize-html, striptags, xss, DOMPurify.
version: 1
package: [sanitize-html, striptags, xss, dompurify, isomorphic-dompurify]

functions:
  - call: [default, sanitize, filterXSS]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - { call: [addHook, removeHook, setConfig, clearConfig] }
`,
  schedulers: `# yaml-language-server: $schema=../schema/models.schema.json
# Schedulers: what they are given runs at its times, again and again, with nothing of the program's.
version: 1
package: [node-cron, node-schedule, cron, croner]

types:
  CronJob: {}
  Cron: {}
  Job: {}

functions:
  - {
      call: [schedule, scheduleJob, default.schedule, default.scheduleJob],
      later: true,
      result: Job,
      flows: [{ from: argument 0, to: callback 1 parameter 0 }, { from: argument 1, to: callback 2 parameter 0 }],
    }
  - {
      call: [CronJob, Cron, default],
      later: true,
      flows: [{ from: argument 0, to: callback 1 parameter 0 }, { from: argument 1, to: callback 2 parameter 0 }],
    }
  - { call: [validate, default.validate], result: boolean }
  - { call: [start, stop, cancel, pause, resume, trigger], of: [CronJob, Cron, Job], result: boolean }
`,
  slugs: `# yaml-language-server: $schema=../schema/models.schema.json
# Texts made of texts: addresses, cases, entities, plurals.
version: 1
package:
  [
    slugify,
    "@sindresorhus/slugify",
    he,
    change-case,
    camelcase,
    decamelize,
    escape-html,
    escape-string-regexp,
    strip-ansi,
    pluralize,
    title-case,
  ]

functions:
  - call:
      [
        default,
        slugify,
        encode,
        decode,
        escape,
        unescape,
        camelCase,
        capitalCase,
        constantCase,
        dotCase,
        kebabCase,
        noCase,
        pascalCase,
        pascalSnakeCase,
        pathCase,
        sentenceCase,
        snakeCase,
        trainCase,
        paramCase,
        headerCase,
        titleCase,
        plural,
        singular,
        slugifyWithCounter,
      ]
    result: string
    flows: [{ from: argument *, to: result, how: derived }]
`,
  "sqs-consumer": `# yaml-language-server: $schema=../schema/models.schema.json
# Queues of Amazon as workers and producers: https://bbc.github.io/sqs-consumer
version: 1
package: [sqs-consumer, sqs-producer]

types:
  Consumer: { like: "node:events:EventEmitter" }
  Producer: {}
  Message: {}

functions:
  - call: [Consumer.create, Consumer]
    result: Consumer
    later: true
    flows:
      - { from: new Message, to: callback 0.handleMessage parameter 0 }
      - { from: place sqs(argument 0.queueUrl).body, to: callback 0.handleMessage parameter 0.Body }
      - { from: place sqs(argument 0.queueUrl).attributes, to: callback 0.handleMessage parameter 0.MessageAttributes }
      - { from: new Message, to: "callback 0.handleMessageBatch parameter 0[*]" }
      - { from: place sqs(argument 0.queueUrl).body, to: "callback 0.handleMessageBatch parameter 0[*].Body" }
      - { from: place sqs(argument 0.queueUrl).attributes, to: "callback 0.handleMessageBatch parameter 0[*].MessageAttributes" }
      - { from: argument 0.queueUrl, to: result.queueUrl }
  - { call: [start, stop, updateOption], of: Consumer, undeclared: true }
  - call: [on, once]
    of: Consumer
    later: true
    flows:
      - { from: receiver, to: result }
      - { from: new Message, to: callback 1 parameter 0 }
      - from: place sqs(receiver.queueUrl).body
        to: callback 1 parameter 0.Body
        when: { argument 0: message_received }
      - from: place sqs(receiver.queueUrl).body
        to: callback 1 parameter 0.Body
        when: { argument 0: message_processed }

  - { call: [Producer.create, Producer], result: Producer, flows: [{ from: argument 0.queueUrl, to: result.queueUrl }] }
  - call: Producer.send
    async: true
    result: array
    flows:
      - { from: [argument 0.body, "argument 0[*].body"], to: place sqs(receiver.queueUrl).body }
      - { from: [argument 0.messageAttributes, "argument 0[*].messageAttributes"], to: place sqs(receiver.queueUrl).attributes }
      - { from: ["argument 0[*]", argument 0], to: place sqs(receiver.queueUrl).body }
  - { call: Producer.queueSize, async: true, result: number }
`,
  "stable-stringify": `# yaml-language-server: $schema=../schema/models.schema.json
# JSON text with its keys in order: what is in it can be told apart again.
version: 1
package: [fast-json-stable-stringify, json-stable-stringify, safe-stable-stringify, fast-safe-stringify]

functions:
  - { call: [default, stringify, stableStringify], like: global:JSON.stringify }
`,
  superagent: `# yaml-language-server: $schema=../schema/models.schema.json
# superagent: https://ladjs.github.io/superagent. What is sent does not come back.
version: 1
package: superagent

types:
  Request: {}

functions:
  - { call: [default, get, post, put, patch, head, del, delete], result: Request }
  - call: [set, send, query, type, accept, auth, attach, field, timeout, retry, redirects, withCredentials, ok, responseType, use]
    of: Request
    flows: [{ from: receiver, to: result }]
`,
  "together-ai": `# yaml-language-server: $schema=../schema/models.schema.json
# Files by their path, and the jobs that are given their ids: https://docs.together.ai/docs/fine-tuning-quickstart
version: 1
package: together-ai

types:
  Together: { namespace: true, exported: [default, Together] }

functions:
  - call: Together.files.upload
    async: true
    result: unknown
    flows: [{ from: place file(argument 0), to: result.id, how: reference }]
    fetches: [{ from: place file(argument 0), to: argument 0 }]
  - call: [Together.fineTuning.create, Together.fineTune.create]
    undeclared: true
    async: true
    result: unknown
    flows:
      - { from: argument 0.training_file, to: result.training_file }
      - { from: argument 0.validation_file, to: result.validation_file }
    fetches:
      - { from: argument 0.training_file, to: argument 0.training_file, how: dereferenced }
      - { from: argument 0.validation_file, to: argument 0.validation_file, how: dereferenced }
`,
  tokenizers: `# yaml-language-server: $schema=../schema/models.schema.json
# Tokens are a text in numbers; texts come out of them again.
version: 1
package: [js-tiktoken, js-tiktoken/lite, gpt-tokenizer, tiktoken]

types:
  Tiktoken: {}

functions:
  - { call: [getEncoding, get_encoding, encodingForModel, encoding_for_model], result: Tiktoken }
  - {
      call: [encode, encodeChat, Tiktoken.encode, Tiktoken.encode_ordinary],
      result: array,
      flows: [{ from: argument 0, to: "result[*]", how: derived }],
    }
  - { call: [decode, Tiktoken.decode], result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: [countTokens, isWithinTokenLimit], result: number }
  - { call: Tiktoken.free }
`,
  turndown: `# yaml-language-server: $schema=../schema/models.schema.json
# turndown: https://github.com/mixmark-io/turndown
version: 1
package: turndown

types:
  TurndownService: { exported: default }

functions:
  - { call: TurndownService.turndown, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: TurndownService.escape, result: string, flows: [{ from: argument 0, to: result, how: derived }] }
  - call: [TurndownService.use, TurndownService.addRule, TurndownService.keep, TurndownService.remove]
    flows: [{ from: receiver, to: result }]
`,
  "universal-cookie": `# yaml-language-server: $schema=../schema/models.schema.json
# Cookies on either side: https://github.com/bendotcodes/cookies
version: 1
package: universal-cookie

types:
  Cookies: { exported: [default, Cookies] }

functions:
  - { call: Cookies.set, flows: [{ from: argument 1, to: place cookie(argument 0) }] }
  - { call: Cookies.get, result: [undefined], flows: [{ from: place cookie(argument 0), to: result }] }
  - { call: Cookies.remove }
`,
  validator: `# yaml-language-server: $schema=../schema/models.schema.json
# validator: https://github.com/validatorjs/validator.js. Questions about texts, and texts made of them.
version: 1
package: validator
split: ["validator/lib/*", "validator/es/lib/*"]

functions:
  - { call: ["is*", contains, equals, matches], result: boolean }
  - call: [blacklist, escape, unescape, ltrim, rtrim, trim, normalizeEmail, stripLow, whitelist, toString]
    result: string
    flows: [{ from: argument 0, to: result, how: derived }]
  - { call: [toFloat, toInt], result: number, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: toDate, result: Date, flows: [{ from: argument 0, to: result, how: derived }] }
  - { call: toBoolean, result: boolean }
`,
  "vercel-functions": `# yaml-language-server: $schema=../schema/models.schema.json
# What Vercel tells of a request in its headers: where it comes from.
version: 1
package: ["@vercel/functions", "@vercel/edge"]

functions:
  - { call: [geolocation, ipAddress], result: unknown, flows: [{ from: argument 0.headers, to: result, how: derived }] }
  - { call: waitUntil, flows: [{ from: argument 0, to: result }] }
  - { call: getEnv, result: unknown }
`,
  weaviate: `# yaml-language-server: $schema=../schema/models.schema.json
# Collections of objects: https://docs.weaviate.io/weaviate/client-libraries/typescript
version: 1
package: weaviate-client

types:
  WeaviateClient: { namespace: true }
  Collection: { namespace: true }

functions:
  - call: [connectToWeaviateCloud, connectToWCS, connectToLocal, connectToCustom, client]
    undeclared: true
    async: true
    result: WeaviateClient
  - { call: [WeaviateClient.collections.get, WeaviateClient.collections.use, Collection.withTenant], undeclared: true, result: Collection }
  - {
      call: [WeaviateClient.collections.create, WeaviateClient.collections.createFromSchema],
      undeclared: true,
      async: true,
      result: Collection,
    }
`,
  yaml: `# yaml-language-server: $schema=../schema/models.schema.json
# YAML: what is in the text can be told apart again.
version: 1
package: [yaml, js-yaml]

functions:
  - { call: [stringify, dump], like: global:JSON.stringify }
  - { call: [parse, load], like: global:JSON.parse }
  - { call: [parseDocument, parseAllDocuments, loadAll], flows: [{ from: argument 0, to: result, how: derived }] }
  # js-yaml 3.
  - { call: safeDump, undeclared: true, like: global:JSON.stringify }
  - { call: safeLoad, undeclared: true, like: global:JSON.parse }
`,
};

/** Which file describes a module; `date-fns/*` is every module below. */
export const DESCRIBED_BY: Readonly<Record<string, string>> = {
  "@ai-sdk/anthropic": "ai-providers",
  "@ai-sdk/gateway": "ai-providers",
  "@ai-sdk/google": "ai-providers",
  "@ai-sdk/groq": "ai-providers",
  "@ai-sdk/mistral": "ai-providers",
  "@ai-sdk/openai": "ai-providers",
  "@ai-sdk/xai": "ai-providers",
  "@aws-sdk/client-bedrock": "bedrock",
  "@aws-sdk/client-bedrock-runtime": "bedrock",
  "@aws-sdk/client-eventbridge": "aws-messages",
  "@aws-sdk/client-sns": "aws-messages",
  "@aws-sdk/client-sqs": "aws-messages",
  "@google-cloud/pubsub": "pubsub",
  "@hokify/agenda": "agenda",
  "@huggingface/hub": "huggingface-hub",
  "@langfuse/client": "langfuse-client",
  "@langfuse/tracing": "langfuse-tracing",
  "@mistralai/mistralai": "mistral",
  "@nats-io/jetstream": "nats",
  "@nats-io/kv": "nats",
  "@nats-io/nats-core": "nats",
  "@nats-io/transport-node": "nats",
  "@node-rs/argon2": "password-hashes",
  "@node-rs/bcrypt": "password-hashes",
  "@paralleldrive/cuid2": "identifiers",
  "@pinecone-database/pinecone": "pinecone",
  "@redis/client": "redis",
  "@remix-run/cloudflare": "remix-sessions",
  "@remix-run/deno": "remix-sessions",
  "@remix-run/node": "remix-sessions",
  "@remix-run/server-runtime": "remix-sessions",
  "@sindresorhus/slugify": "slugs",
  "@upstash/redis": "redis",
  "@vercel/edge": "vercel-functions",
  "@vercel/functions": "vercel-functions",
  "@vercel/kv": "redis",
  agenda: "agenda",
  ai: "ai",
  amqplib: "amqplib",
  "ansi-colors": "chalk",
  argon2: "password-hashes",
  "async-retry": "retries",
  bcrypt: "password-hashes",
  bcryptjs: "password-hashes",
  "bee-queue": "bee-queue",
  "blueimp-md5": "hashes",
  bull: "bull",
  bullmq: "bullmq",
  bunyan: "loggers",
  camelcase: "slugs",
  chalk: "chalk",
  "change-case": "slugs",
  chromadb: "chromadb",
  "cohere-ai": "cohere",
  colorette: "chalk",
  consola: "loggers",
  "cookies-next": "cookies-next",
  "cookies-next/client": "cookies-next",
  "cookies-next/server": "cookies-next",
  cron: "schedulers",
  croner: "schedulers",
  "cross-fetch": "fetch",
  "crypto-js": "crypto-js",
  "crypto-js/*": "crypto-js",
  "crypto-randomuuid": "identifiers",
  cuid: "identifiers",
  "date-fns": "date-fns",
  "date-fns/*": "date-fns",
  dayjs: "dayjs",
  debug: "debug",
  decamelize: "slugs",
  deepmerge: "deepmerge",
  devalue: "json-like",
  dompurify: "sanitize-html",
  "dot-prop": "dot-prop",
  ejs: "ejs",
  "es-cookie": "js-cookie",
  "escape-html": "slugs",
  "escape-string-regexp": "slugs",
  eventemitter3: "eventemitter3",
  "exponential-backoff": "retries",
  "fast-json-stable-stringify": "stable-stringify",
  "fast-memoize": "memoize",
  "fast-safe-stringify": "stable-stringify",
  flatted: "json-like",
  got: "got",
  "gpt-tokenizer": "tokenizers",
  "graphile-worker": "graphile-worker",
  handlebars: "handlebars",
  "hash-sum": "hashes",
  he: "slugs",
  "humanize-duration": "ms",
  immutable: "immutable",
  ioredis: "redis",
  "isomorphic-dompurify": "sanitize-html",
  "isomorphic-fetch": "fetch",
  "isomorphic-unfetch": "fetch",
  "js-cookie": "js-cookie",
  "js-md5": "hashes",
  "js-sha1": "hashes",
  "js-sha256": "hashes",
  "js-sha3": "hashes",
  "js-sha512": "hashes",
  "js-tiktoken": "tokenizers",
  "js-tiktoken/lite": "tokenizers",
  "js-yaml": "yaml",
  "json-stable-stringify": "stable-stringify",
  json5: "json-like",
  jsonwebtoken: "jsonwebtoken",
  kafkajs: "kafkajs",
  kleur: "chalk",
  ky: "ky",
  langfuse: "langfuse",
  "langfuse-core": "langfuse",
  "langfuse-node": "langfuse",
  langsmith: "langsmith",
  "langsmith/anonymizer": "langsmith-anonymizer",
  "langsmith/client": "langsmith",
  "langsmith/run_trees": "langsmith",
  "langsmith/singletons/traceable": "langsmith",
  "langsmith/traceable": "langsmith",
  "langsmith/wrappers": "langsmith",
  loglevel: "loggers",
  "lru-cache": "lru-cache",
  luxon: "luxon",
  "markdown-it": "markdown-it",
  marked: "marked",
  md5: "hashes",
  mem: "memoize",
  memoize: "memoize",
  "memoize-one": "memoize",
  memoizee: "memoize",
  "memoizee/weak": "memoize",
  "micro-memoize": "memoize",
  mitt: "mitt",
  "mlflow-tracing": "mlflow",
  moize: "memoize",
  moment: "moment",
  "moment-timezone": "moment",
  ms: "ms",
  mustache: "mustache",
  "nano-memoize": "memoize",
  nanoid: "identifiers",
  "nanoid/non-secure": "identifiers",
  nats: "nats",
  "nats.ws": "nats",
  "node-cache": "node-cache",
  "node-cron": "schedulers",
  "node-fetch": "fetch",
  "node-fetch-native": "fetch",
  "node-schedule": "schedulers",
  "object-hash": "hashes",
  openai: "openai",
  "p-each-series": "p-each-series",
  "p-filter": "p-filter",
  "p-map": "p-map",
  "p-map-series": "p-map",
  "p-memoize": "memoize",
  "p-props": "p-props",
  "p-queue": "p-queue",
  "p-reduce": "p-reduce",
  "p-retry": "retries",
  "pg-boss": "pg-boss",
  picocolors: "chalk",
  pino: "loggers",
  pluralize: "slugs",
  "pretty-ms": "ms",
  qs: "qs",
  "query-string": "qs",
  "quick-lru": "quick-lru",
  ramda: "ramda",
  "react-router": "remix-sessions",
  "redact-pii": "redactors",
  redis: "redis",
  "safe-stable-stringify": "stable-stringify",
  "sanitize-html": "sanitize-html",
  sha1: "hashes",
  sha256: "hashes",
  "short-hash": "hashes",
  signale: "loggers",
  slugify: "slugs",
  "sqs-consumer": "sqs-consumer",
  "sqs-producer": "sqs-consumer",
  "string-hash": "hashes",
  "strip-ansi": "slugs",
  striptags: "sanitize-html",
  superagent: "superagent",
  superjson: "json-like",
  tiktoken: "tokenizers",
  "timeago.js": "ms",
  "title-case": "slugs",
  "together-ai": "together-ai",
  tslog: "loggers",
  turndown: "turndown",
  ulid: "identifiers",
  undici: "fetch",
  "universal-cookie": "universal-cookie",
  uuid: "identifiers",
  validator: "validator",
  "validator/es/lib/*": "validator",
  "validator/lib/*": "validator",
  "weaviate-client": "weaviate",
  winston: "loggers",
  xss: "sanitize-html",
  yaml: "yaml",
};

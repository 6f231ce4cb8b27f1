import type { EscalationPath } from '../path.ts';
import { type NewPassRole, newPassRole } from './newPassRole.ts';

const EC2 = 'ec2.amazonaws.com';
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const CODEBUILD = 'codebuild.amazonaws.com';
const ECS_TASKS = 'ecs-tasks.amazonaws.com';
const GLUE = 'glue.amazonaws.com';
const LAMBDA = 'lambda.amazonaws.com';
const SAGEMAKER = 'sagemaker.amazonaws.com';

/** The published ones. */
const rows: readonly NewPassRole[] = [
  {
    // AWSAppRunnerFullAccess passes roles to apprunner.amazonaws.com, which no instance role trusts.
    id: 'apprunner-001',
    trusts: ['tasks.apprunner.amazonaws.com'],
    passedTo: ['apprunner.amazonaws.com', 'tasks.apprunner.amazonaws.com'],
    actions: ['apprunner:CreateService'],
    says: "Makes an App Runner service that runs the session's code as the role.",
  },
  {
    id: 'bedrock-001',
    trusts: ['bedrock-agentcore.amazonaws.com'],
    actions: [
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ],
    says: "Makes a Bedrock AgentCore code interpreter and runs the session's code in it as the role.",
  },
  {
    id: 'cloudformation-001',
    trusts: [CLOUDFORMATION],
    actions: ['cloudformation:CreateStack'],
    says: 'Makes a stack whose resources CloudFormation creates as the role.',
  },
  {
    id: 'cloudformation-003',
    trusts: [CLOUDFORMATION],
    actions: ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    says: 'Makes a stack set that CloudFormation deploys as the role, by way of any execution role it may assume.',
  },
  {
    id: 'cloudformation-004',
    trusts: [CLOUDFORMATION],
    actions: ['cloudformation:UpdateStackSet'],
    says: 'Gives a stack set another template, which CloudFormation deploys as the role, by way of its execution role.',
  },
  {
    id: 'codebuild-001',
    trusts: [CODEBUILD],
    actions: ['codebuild:CreateProject', 'codebuild:StartBuild'],
    says: "Makes a CodeBuild project and starts a build that runs the session's commands as the role.",
  },
  {
    id: 'codebuild-004',
    trusts: [CODEBUILD],
    actions: ['codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    says: "Makes a CodeBuild project and starts a batch of builds that run the session's commands as the role.",
  },
  {
    id: 'datapipeline-001',
    trusts: ['datapipeline.amazonaws.com', 'elasticmapreduce.amazonaws.com'],
    actions: ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
    says: "Makes a data pipeline whose activities run the session's commands as the role.",
  },
  {
    id: 'ec2-001',
    trusts: [EC2],
    actions: ['ec2:RunInstances'],
    says: "Starts an EC2 instance with the role's instance profile and reads its credentials there.",
  },
  {
    id: 'ec2-003',
    trusts: [EC2],
    actions: ['ec2:RequestSpotInstances'],
    says: "Starts a Spot Instance with the role's instance profile and reads its credentials there.",
  },
  {
    id: 'ecs-001',
    trusts: [ECS_TASKS],
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    says: "Makes an ECS cluster with a service whose tasks run the session's container as the role.",
  },
  {
    id: 'ecs-002',
    trusts: [ECS_TASKS],
    actions: ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    says: "Makes an ECS cluster and runs the session's container there as the role.",
  },
  {
    id: 'ecs-003',
    trusts: [ECS_TASKS],
    actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    says: "Makes a service in an ECS cluster whose tasks run the session's container as the role.",
  },
  {
    id: 'ecs-004',
    trusts: [ECS_TASKS],
    actions: ['ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    says: "Runs the session's container in an ECS cluster as the role.",
  },
  {
    id: 'ecs-005',
    trusts: [ECS_TASKS],
    actions: ['ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    says: "Starts the session's container as the role on an instance of an ECS cluster.",
  },
  {
    id: 'glue-001',
    trusts: [GLUE],
    actions: ['glue:CreateDevEndpoint'],
    says: 'Makes a Glue development endpoint, logs in to it and acts as the role.',
  },
  {
    id: 'glue-003',
    trusts: [GLUE],
    actions: ['glue:CreateJob', 'glue:StartJobRun'],
    says: "Makes a Glue job and starts it, which runs the session's script as the role.",
  },
  {
    id: 'glue-004',
    trusts: [GLUE],
    actions: ['glue:CreateJob', 'glue:CreateTrigger'],
    says: "Makes a Glue job and a trigger that starts it, which runs the session's script as the role.",
  },
  {
    id: 'glue-005',
    trusts: [GLUE],
    actions: ['glue:UpdateJob', 'glue:StartJobRun'],
    says: "Gives a Glue job the role and the session's script, and starts it.",
  },
  {
    id: 'glue-006',
    trusts: [GLUE],
    actions: ['glue:UpdateJob', 'glue:CreateTrigger'],
    says: "Gives a Glue job the role and the session's script, and makes a trigger that starts it.",
  },
  {
    id: 'lambda-001',
    trusts: [LAMBDA],
    actions: ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    says: "Makes a Lambda function and invokes it, which runs the session's code as the role.",
  },
  {
    id: 'lambda-002',
    trusts: [LAMBDA],
    actions: ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    says: "Makes a Lambda function and has a queue or stream invoke it, which runs the session's code as the role.",
  },
  {
    id: 'lambda-006',
    trusts: [LAMBDA],
    actions: ['lambda:CreateFunction', 'lambda:AddPermission'],
    says: "Makes a Lambda function and lets an outsider invoke it, which runs the session's code as the role.",
  },
  {
    id: 'sagemaker-001',
    trusts: [SAGEMAKER],
    actions: ['sagemaker:CreateNotebookInstance'],
    says: "Makes a SageMaker notebook instance that runs the session's code as the role.",
  },
  {
    id: 'sagemaker-002',
    trusts: [SAGEMAKER],
    actions: ['sagemaker:CreateTrainingJob'],
    says: "Starts a SageMaker training job that runs the session's container as the role.",
  },
  {
    id: 'sagemaker-003',
    trusts: [SAGEMAKER],
    actions: ['sagemaker:CreateProcessingJob'],
    says: "Starts a SageMaker processing job that runs the session's container as the role.",
  },
];

export const passRolePaths: readonly EscalationPath[] = rows.map(row => ({ ...newPassRole(row), published: true }));

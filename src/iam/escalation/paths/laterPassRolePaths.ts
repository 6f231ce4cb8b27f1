import type { EscalationPath } from '../path.ts';
import { type NewPassRole, newPassRole } from './newPassRole.ts';

const AGENTCORE = 'bedrock-agentcore.amazonaws.com';
const EC2 = 'ec2.amazonaws.com';
const ECS_TASKS = 'ecs-tasks.amazonaws.com';
const EMR_SERVERLESS = 'emr-serverless.amazonaws.com';
const SAGEMAKER = 'sagemaker.amazonaws.com';

/** What came after the published ones, there and at Prowler, PMapper and HackTricks, as far as we are sure of it. */
const rows: readonly NewPassRole[] = [
  {
    id: 'amplify-001',
    trusts: ['amplify.amazonaws.com'],
    actions: ['amplify:CreateApp', 'amplify:CreateBranch', 'amplify:StartJob'],
    says: "Makes an Amplify app and starts a build that runs the session's commands as the role.",
  },
  {
    id: 'autoscaling-901',
    trusts: [EC2],
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:CreateAutoScalingGroup'],
    says: "Makes an Auto Scaling group that starts instances with the role's instance profile and the session's script.",
  },
  {
    id: 'autoscaling-902',
    trusts: [EC2],
    actions: ['autoscaling:CreateLaunchConfiguration', 'autoscaling:UpdateAutoScalingGroup'],
    says: "Has an Auto Scaling group start instances with the role's instance profile and the session's script.",
  },
  {
    // No source says which of the two iam:PassedToService holds for a job's role.
    id: 'batch-001',
    trusts: [ECS_TASKS],
    passedTo: ['batch.amazonaws.com', ECS_TASKS],
    actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    says: "Submits a Batch job that runs the session's container as the role.",
  },
  {
    id: 'bedrock-003',
    trusts: [AGENTCORE],
    actions: [
      'bedrock-agentcore:CreateAgentRuntime',
      'bedrock-agentcore:CreateAgentRuntimeEndpoint',
      'bedrock-agentcore:CreateWorkloadIdentity',
      'bedrock-agentcore:InvokeAgentRuntimeCommand',
    ],
    says: "Makes a Bedrock AgentCore runtime and runs the session's commands in it as the role.",
  },
  {
    id: 'bedrock-006',
    trusts: [AGENTCORE],
    actions: [
      'bedrock-agentcore:CreateBrowser',
      'bedrock-agentcore:StartBrowserSession',
      'bedrock-agentcore:ConnectBrowserAutomationStream',
    ],
    says: "Makes a Bedrock AgentCore browser and reads the role's credentials through it.",
  },
  {
    id: 'braket-001',
    trusts: ['braket.amazonaws.com'],
    actions: ['braket:CreateJob'],
    says: "Starts a Braket hybrid job that runs the session's code as the role.",
  },
  {
    id: 'cloudformation-901',
    trusts: ['cloudformation.amazonaws.com'],
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    says: 'Makes a stack by way of a change set, whose resources CloudFormation creates as the role.',
  },
  {
    id: 'codebuild-901',
    trusts: ['codebuild.amazonaws.com'],
    actions: ['codebuild:UpdateProject', 'codebuild:StartBuild'],
    says: "Gives a CodeBuild project the role and starts a build that runs the session's commands as it.",
  },
  {
    id: 'cognitoidentity-001',
    trusts: ['cognito-identity.amazonaws.com'],
    actions: ['cognito-identity:SetIdentityPoolRoles'],
    says: 'Makes the role the one an identity pool hands to its visitors, and asks the pool for credentials.',
  },
  {
    id: 'ec2-901',
    trusts: [EC2],
    actions: ['ec2:AssociateIamInstanceProfile'],
    says: "Gives the role's instance profile to an EC2 instance that has none, and the role to whoever is on it.",
  },
  {
    id: 'ec2-902',
    trusts: [EC2],
    actions: ['ec2:ReplaceIamInstanceProfileAssociation'],
    says: "Swaps the instance profile of an EC2 instance for the role's, which gives the role to whoever is on it.",
  },
  {
    id: 'ecs-008',
    trusts: [ECS_TASKS],
    actions: ['ecs:RunTask'],
    says: 'Runs a task definition with the role and a command of its own in place of those it names.',
  },
  {
    id: 'ecs-009',
    trusts: [ECS_TASKS],
    actions: ['ecs:StartTask'],
    says: 'Starts a task definition on a cluster instance with the role and a command of its own in place of those it names.',
  },
  {
    // AmazonEMRFullAccessPolicy_v2 passes the role of a cluster's instances to EC2.
    id: 'emr-001',
    trusts: [EC2],
    actions: ['elasticmapreduce:RunJobFlow'],
    says: "Starts an EMR cluster with the role's instance profile and runs the session's commands there.",
  },
  {
    id: 'emrserverless-001',
    trusts: [EMR_SERVERLESS],
    actions: ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun'],
    says: "Makes an EMR Serverless application and starts a job that runs the session's code as the role.",
  },
  {
    id: 'emrserverless-901',
    trusts: [EMR_SERVERLESS],
    actions: ['emr-serverless:StartJobRun'],
    says: "Starts a job in an EMR Serverless application that runs the session's code as the role.",
  },
  {
    id: 'gamelift-001',
    trusts: ['gamelift.amazonaws.com'],
    actions: ['gamelift:CreateBuild', 'gamelift:CreateFleet', 'gamelift:RequestUploadCredentials'],
    says: "Uploads a game server and makes a GameLift fleet that runs it with the role's credentials.",
  },
  {
    id: 'glue-007',
    trusts: ['glue.amazonaws.com'],
    actions: ['glue:CreateSession', 'glue:RunStatement'],
    says: 'Makes a Glue interactive session and runs code in it as the role.',
  },
  {
    // AWSImageBuilderFullAccess passes the role of a build instance to EC2.
    id: 'imagebuilder-001',
    trusts: [EC2],
    actions: [
      'imagebuilder:CreateComponent',
      'imagebuilder:CreateImageRecipe',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:CreateImage',
    ],
    says: "Builds an image on an instance with the role's instance profile, which runs the session's commands.",
  },
  {
    // AmazonSageMakerEdgeDeviceFleetPolicy passes a role alias's role to either.
    id: 'iot-901',
    trusts: ['credentials.iot.amazonaws.com'],
    passedTo: ['credentials.iot.amazonaws.com', 'iot.amazonaws.com'],
    actions: ['iot:CreateRoleAlias', 'iot:CreateKeysAndCertificate', 'iot:CreatePolicy', 'iot:AttachPolicy'],
    says: 'Makes an IoT role alias and a certificate that IoT exchanges for credentials of the role.',
  },
  {
    id: 'kinesisanalytics-001',
    trusts: ['kinesisanalytics.amazonaws.com'],
    actions: ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication'],
    says: "Makes a Managed Flink application and starts it, which runs the session's code as the role.",
  },
  {
    id: 'omics-001',
    trusts: ['omics.amazonaws.com'],
    actions: ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject'],
    says: "Runs a HealthOmics workflow that writes the role's credentials to S3, and reads them there.",
  },
  {
    id: 'sagemaker-902',
    trusts: [SAGEMAKER],
    actions: ['sagemaker:CreateHyperParameterTuningJob'],
    says: "Starts a SageMaker tuning job whose training jobs run the session's container as the role.",
  },
  {
    id: 'sagemaker-903',
    trusts: [SAGEMAKER],
    actions: ['sagemaker:CreateModel', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateEndpoint'],
    says: "Deploys a SageMaker endpoint whose model container is the session's and runs as the role.",
  },
  {
    id: 'scheduler-001',
    trusts: ['scheduler.amazonaws.com'],
    actions: ['scheduler:CreateSchedule'],
    says: 'Makes a schedule that calls an AWS API of its choice as the role.',
  },
  {
    id: 'ssm-003',
    trusts: ['ssm.amazonaws.com'],
    actions: ['ssm:CreateDocument', 'ssm:StartAutomationExecution'],
    says: "Writes a Systems Manager runbook and starts it, which runs the session's script as the role.",
  },
  {
    id: 'stepfunctions-001',
    trusts: ['states.amazonaws.com'],
    actions: ['states:CreateStateMachine', 'states:StartExecution'],
    says: 'Makes a state machine and starts it, which calls AWS APIs of its choice as the role.',
  },
];

export const laterPassRolePaths: readonly EscalationPath[] = rows.map(row => ({
  ...newPassRole(row),
  published: false,
}));

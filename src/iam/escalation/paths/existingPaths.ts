import type { EscalationPath, ResourceTarget } from '../path.ts';
import { on } from './permission.ts';

const INSTANCE = resource('an EC2 instance with an instance profile', 'ec2:*:*:instance/*', 'ec2.amazonaws.com');
const STACK = resource('a stack with a service role', 'cloudformation:*:*:stack/*/*', 'cloudformation.amazonaws.com');
const PROJECT = resource('a CodeBuild project', 'codebuild:*:*:project/*', 'codebuild.amazonaws.com');
const FUNCTION = resource('a Lambda function', 'lambda:*:*:function:*', 'lambda.amazonaws.com');
const NOTEBOOK = resource(
  'a SageMaker notebook instance',
  'sagemaker:*:*:notebook-instance/*',
  'sagemaker.amazonaws.com',
);

type Existing = Pick<EscalationPath, 'id' | 'target' | 'permissions' | 'says'>;

const published: readonly Existing[] = [
  {
    id: 'apprunner-002',
    target: resource(
      'an App Runner service with an instance role',
      'apprunner:*:*:service/*/*',
      'tasks.apprunner.amazonaws.com',
    ),
    permissions: on('target-resource', 'apprunner:UpdateService'),
    says: "Gives an App Runner service the session's code, which runs as its instance role.",
  },
  {
    id: 'bedrock-002',
    target: resource(
      'a Bedrock AgentCore code interpreter with an execution role',
      'bedrock-agentcore:*:*:code-interpreter-custom/*',
      'bedrock-agentcore.amazonaws.com',
    ),
    permissions: on(
      'target-resource',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ),
    says: "Runs the session's code in a Bedrock AgentCore code interpreter as its execution role.",
  },
  {
    id: 'cloudformation-002',
    target: STACK,
    permissions: on('target-resource', 'cloudformation:UpdateStack'),
    says: 'Gives a stack another template, which CloudFormation deploys as its service role.',
  },
  {
    id: 'codebuild-002',
    target: PROJECT,
    permissions: on('target-resource', 'codebuild:StartBuild'),
    says: "Starts a build with the session's commands in place of the project's, which runs as its service role.",
  },
  {
    id: 'codebuild-003',
    target: PROJECT,
    permissions: on('target-resource', 'codebuild:StartBuildBatch'),
    says: "Starts a batch of builds with the session's commands in place of the project's, which run as its service role.",
  },
  {
    id: 'ec2-002',
    target: INSTANCE,
    permissions: on('target-resource', 'ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'),
    says: "Stops an EC2 instance, gives it the session's start-up script and starts it as its role.",
  },
  {
    id: 'ec2-004',
    target: resource('a launch template with an instance profile', 'ec2:*:*:launch-template/*', 'ec2.amazonaws.com'),
    permissions: on('target-resource', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'),
    says: "Puts the session's start-up script into a launch template, for the next instance to run as its role.",
  },
  {
    id: 'ec2instanceconnect-003',
    target: INSTANCE,
    permissions: [
      ...on('target-resource', 'ec2-instance-connect:SendSSHPublicKey'),
      ...on('any', 'ec2:DescribeInstances'),
    ],
    says: 'Puts an SSH key on an EC2 instance for a minute, logs in and acts as its role.',
  },
  {
    id: 'glue-002',
    target: resource('a Glue development endpoint', 'glue:*:*:devEndpoint/*', 'glue.amazonaws.com'),
    permissions: on('target-resource', 'glue:UpdateDevEndpoint'),
    says: 'Puts an SSH key on a Glue development endpoint, logs in and acts as its role.',
  },
  {
    id: 'lambda-003',
    target: FUNCTION,
    permissions: on('target-resource', 'lambda:UpdateFunctionCode'),
    says: "Replaces a function's code, which runs as its execution role the next time something invokes it.",
  },
  {
    id: 'lambda-004',
    target: FUNCTION,
    permissions: on('target-resource', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'),
    says: "Replaces a function's code and invokes it, which runs as its execution role.",
  },
  {
    id: 'lambda-005',
    target: FUNCTION,
    permissions: on('target-resource', 'lambda:UpdateFunctionCode', 'lambda:AddPermission'),
    says: "Replaces a function's code and lets an outsider invoke it, which runs as its execution role.",
  },
  {
    id: 'sagemaker-004',
    target: NOTEBOOK,
    permissions: on('target-resource', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
    says: 'Opens a notebook instance by a signed link and acts as its execution role.',
  },
  {
    id: 'sagemaker-005',
    target: NOTEBOOK,
    permissions: [
      ...on('any', 'sagemaker:CreateNotebookInstanceLifecycleConfig'),
      ...on(
        'target-resource',
        'sagemaker:StopNotebookInstance',
        'sagemaker:UpdateNotebookInstance',
        'sagemaker:StartNotebookInstance',
      ),
    ],
    says: "Restarts a notebook instance with the session's start-up script, which runs as its execution role.",
  },
  {
    id: 'ssm-001',
    target: INSTANCE,
    permissions: on('target-resource', 'ssm:StartSession'),
    says: 'Opens a shell on an EC2 instance that Systems Manager manages and acts as its role.',
  },
  {
    id: 'ssm-002',
    target: INSTANCE,
    permissions: on('target-resource', 'ssm:SendCommand'),
    says: "Runs the session's commands on an EC2 instance that Systems Manager manages, as its role.",
  },
];

const later: readonly Existing[] = [
  {
    id: 'batch-002',
    target: resource('a Batch job definition with a job role', 'batch:*:*:job-definition/*', 'ecs-tasks.amazonaws.com'),
    permissions: on('target-resource', 'batch:SubmitJob'),
    says: 'Submits a job with a command of its own in place of the one its definition names, which runs as its job role.',
  },
  {
    id: 'bedrock-004',
    target: resource(
      'a Bedrock AgentCore runtime',
      'bedrock-agentcore:*:*:runtime/*',
      'bedrock-agentcore.amazonaws.com',
    ),
    permissions: on('target-resource', 'bedrock-agentcore:InvokeAgentRuntimeCommand'),
    says: "Runs the session's commands in a Bedrock AgentCore runtime as its execution role.",
  },
  {
    id: 'bedrock-007',
    target: resource(
      'a Bedrock AgentCore browser with an execution role',
      'bedrock-agentcore:*:*:browser-custom/*',
      'bedrock-agentcore.amazonaws.com',
    ),
    permissions: [
      ...on('target-resource', 'bedrock-agentcore:StartBrowserSession'),
      ...on('any', 'bedrock-agentcore:ConnectBrowserAutomationStream'),
    ],
    says: "Reads the credentials of a Bedrock AgentCore browser's execution role through the browser.",
  },
  {
    id: 'codedeploy-001',
    target: resource(
      'a CodeDeploy deployment group of instances with an instance profile',
      'codedeploy:*:*:deploymentgroup:*/*',
      'ec2.amazonaws.com',
    ),
    permissions: [
      ...on('target-resource', 'codedeploy:CreateDeployment'),
      ...on('any', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig'),
    ],
    says: "Deploys the session's scripts to the instances of a deployment group, which run them as their role.",
  },
  {
    id: 'ecs-006',
    target: resource('a running ECS task with a task role and ECS Exec', 'ecs:*:*:task/*/*', 'ecs-tasks.amazonaws.com'),
    permissions: on('target-resource', 'ecs:ExecuteCommand', 'ecs:DescribeTasks'),
    says: 'Opens a shell in a running ECS task and acts as its task role.',
  },
  {
    id: 'eks-901',
    target: resource(
      'an EKS cluster whose pods or nodes have roles',
      'eks:*:*:cluster/*',
      'ec2.amazonaws.com',
      'pods.eks.amazonaws.com',
    ),
    permissions: [...on('target-resource', 'eks:CreateAccessEntry'), ...on('any', 'eks:AssociateAccessPolicy')],
    says: "Makes the session an administrator of an EKS cluster and acts as its pods' and nodes' roles.",
  },
  {
    id: 'emr-901',
    target: resource('a running EMR cluster', 'elasticmapreduce:*:*:cluster/*', 'ec2.amazonaws.com'),
    permissions: on('target-resource', 'elasticmapreduce:AddJobFlowSteps'),
    says: "Adds a step with the session's commands to an EMR cluster, which runs as the role of its instances.",
  },
  {
    id: 'glue-901',
    target: resource('a running Glue interactive session', 'glue:*:*:session/*', 'glue.amazonaws.com'),
    permissions: on('target-resource', 'glue:RunStatement'),
    says: 'Runs code in a Glue interactive session as the role of that one.',
  },
  {
    id: 'lambda-901',
    target: FUNCTION,
    permissions: on('target-resource', 'lambda:UpdateFunctionConfiguration'),
    says: 'Slips code into a function by a layer or an environment variable, which runs as its execution role.',
  },
  {
    id: 'sagemaker-901',
    target: resource('a SageMaker Studio user profile', 'sagemaker:*:*:user-profile/*/*', 'sagemaker.amazonaws.com'),
    permissions: on('target-resource', 'sagemaker:CreatePresignedDomainUrl'),
    says: "Opens SageMaker Studio as a user profile by a signed link and acts as the profile's execution role.",
  },
  {
    id: 'ssm-901',
    target: INSTANCE,
    permissions: on('target-resource', 'ssm:CreateAssociation'),
    says: "Associates a document with an EC2 instance that Systems Manager manages, which runs the session's commands.",
  },
  {
    id: 'stepfunctions-002',
    target: resource('a state machine', 'states:*:*:stateMachine:*', 'states.amazonaws.com'),
    permissions: on('target-resource', 'states:UpdateStateMachine', 'states:StartExecution'),
    says: 'Rewrites a state machine and starts it, which calls AWS APIs of its choice as its role.',
  },
];

/** Through something that has a role already: no role is passed. */
export const existingPaths: readonly EscalationPath[] = [
  ...published.map(row => ({ ...existing(row), published: true })),
  ...later.map(row => ({ ...existing(row), published: false })),
  // Published as a path that passes a role, though none is.
  {
    ...existing({
      id: 'cloudformation-005',
      target: STACK,
      permissions: on('target-resource', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'),
      says: 'Gives a stack another template by way of a change set, which CloudFormation deploys as its service role.',
    }),
    category: 'new-passrole',
    published: true,
  },
];

function existing(row: Existing): Omit<EscalationPath, 'published'> {
  return { ...row, category: 'existing-passrole', gives: 'target' };
}

function resource(what: string, arn: string, ...roleTrusts: readonly string[]): ResourceTarget {
  return { kind: 'resource', what, template: `arn:*:${arn}`, roleTrusts };
}

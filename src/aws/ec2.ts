/**
 * What Postern uses of EC2, by name: a bundler drops the rest of the largest client there is. Loaded only when the
 * regions are to be asked for.
 */
export { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';

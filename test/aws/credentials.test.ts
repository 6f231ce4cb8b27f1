import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PretendAws, startPretendAws } from '../../mocks/server.ts';
import { gather } from '../../src/aws/gather.ts';
import { UserError } from '../../src/errors.ts';
import { unreadOf } from '../../src/snapshot/coverage.ts';
import { NOW, QUICK, requestFor } from './pretend.ts';

let pretend: PretendAws;
let home: string;

/** A user's machine with nothing on it but what a test puts there. */
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'postern-'));
  pretend = await startPretendAws({ story: 'break-in', now: NOW });
  for (const name of Object.keys(process.env).filter(variable => variable.startsWith('AWS_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await pretend.close();
  await rm(home, { recursive: true });
});

const keys = () =>
  `aws_access_key_id = ${pretend.credentials.accessKeyId}\naws_secret_access_key = ${pretend.credentials.secretAccessKey}\n`;

/** As a user would have it: nothing on the command line but perhaps a profile. */
const asUser = (profile?: string) =>
  gather(
    { ...requestFor(pretend), endpoint: undefined, credentials: undefined, profile, regions: ['eu-west-1'] },
    QUICK,
  );

async function expectWhole(reading: ReturnType<typeof gather>): Promise<void> {
  const snapshot = await reading;
  expect(unreadOf(snapshot)).toEqual([]);
  expect(snapshot.accounts[0]!.regions[0]!.trustAnchors.length).toBeGreaterThan(0);
}

describe('every service goes where the user says', () => {
  test('AWS_ENDPOINT_URL and keys in the environment', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', pretend.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', pretend.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', pretend.credentials.secretAccessKey);
    await expectWhole(asUser());
  });

  test('one variable for each service', async () => {
    for (const service of ['STS', 'IAM', 'ROLESANYWHERE', 'CLOUDTRAIL'])
      vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, pretend.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', pretend.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', pretend.credentials.secretAccessKey);
    await expectWhole(asUser());
  });

  test('a profile with endpoint_url', async () => {
    await writeFile(join(home, 'config'), `[profile audit]\nregion = eu-west-1\nendpoint_url = ${pretend.endpoint}\n`);
    await writeFile(join(home, 'credentials'), `[audit]\n${keys()}`);
    await expectWhole(asUser('audit'));
  });

  test('a profile with a services section, chosen by AWS_PROFILE', async () => {
    const services = ['sts', 'iam', 'rolesanywhere', 'cloudtrail']
      .map(name => `${name} =\n  endpoint_url = ${pretend.endpoint}\n`)
      .join('');
    await writeFile(
      join(home, 'config'),
      `[profile audit]\nservices = local\n${keys()}\n[services local]\n${services}`,
    );
    vi.stubEnv('AWS_PROFILE', 'audit');
    await expectWhole(asUser());
  });

  test.each([
    ['region = us-west-2\n', 'us-west-2'],
    ['', 'eu-central-1'],
  ])("the region of credentials (%j) comes before config's", async (region, asked) => {
    await writeFile(
      join(home, 'config'),
      `[profile audit]\nregion = eu-central-1\nendpoint_url = ${pretend.endpoint}\n`,
    );
    await writeFile(join(home, 'credentials'), `[audit]\n${keys()}${region}`);
    await expectWhole(asUser('audit'));
    expect(pretend.requests.find(({ operation }) => operation === 'GetCallerIdentity')?.region).toBe(asked);
  });

  test('a credential process', async () => {
    const answer = JSON.stringify({
      Version: 1,
      AccessKeyId: pretend.credentials.accessKeyId,
      SecretAccessKey: pretend.credentials.secretAccessKey,
    });
    await writeFile(join(home, 'answer'), answer);
    await writeFile(
      join(home, 'config'),
      `[default]\nendpoint_url = ${pretend.endpoint}\ncredential_process = cat ${join(home, 'answer')}\n`,
    );
    await expectWhole(asUser());
  });
});

describe('where nothing can be read, a UserError says why', () => {
  const failing = async (reading: Promise<unknown>): Promise<UserError> => {
    const error: unknown = await reading.catch(caught => caught);
    if (!(error instanceof UserError)) throw error;
    expect(error.hint).toBeTruthy();
    return error;
  };

  test('no credentials', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', pretend.endpoint);
    expect((await failing(asUser())).message).toContain('no AWS credentials');
    expect(pretend.requests).toEqual([]);
  });

  test('an unknown profile', async () => {
    await writeFile(join(home, 'config'), '[profile other]\nregion = eu-west-1\n');
    const error = await failing(asUser('audit'));
    expect(error.message).toBe('there is no AWS profile "audit"');
    expect(error.where).toBe(join(home, 'config'));
  });

  test('a profile without credentials', async () => {
    await writeFile(join(home, 'config'), '[profile audit]\nregion = eu-west-1\n');
    expect((await failing(asUser('audit'))).message).toContain('no AWS credentials');
  });

  test('a sign-on that has not been done', async () => {
    await writeFile(
      join(home, 'config'),
      '[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n[profile audit]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Audit\n',
    );
    expect((await failing(asUser('audit'))).message).toContain('no AWS credentials');
  });

  test.each([
    ['AWS_REGION', 'us_east_1'],
    ['AWS_REGION', 'eu-west-1 '],
    ['AWS_DEFAULT_REGION', 'http://eu-west-1'],
  ])('%s is "%s"', async (name, region) => {
    vi.stubEnv(name, region);
    const error = await failing(asUser());
    expect(error.message).toBe(`"${region}" is not the name of a region (${name})`);
    expect(error.where).toBe(name);
  });

  test('a profile of a region that is none', async () => {
    await writeFile(join(home, 'config'), `[profile audit]\nregion = Ireland\n`);
    const error = await failing(asUser('audit'));
    expect(error.message).toBe('"Ireland" is not the name of a region (region of the AWS profile "audit")');
  });

  test.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['defaultsMode', { AWS_DEFAULTS_MODE: 'foo', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' }],
    ['endpoint mode', { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'foo', AWS_EC2_METADATA_DISABLED: undefined }],
  ])('a setting that the SDK cannot use: %s', async (said, settings) => {
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const error = await failing(asUser());
    expect(error.message).toMatch(/^the AWS SDK cannot use its configuration: /);
    expect(error.message).toContain(said);
  });

  test('an endpoint where nobody listens', async () => {
    const request = { ...requestFor(pretend), endpoint: 'http://127.0.0.1:1' };
    expect((await failing(gather(request, QUICK))).message).toContain('cannot be reached');
  });

  test.each(['not a url', 'ftp://host', ''])('"%s" for an endpoint', async endpoint => {
    const error = await failing(gather({ ...requestFor(pretend), endpoint }, QUICK));
    expect(error.message).toContain('is not an endpoint');
  });
});

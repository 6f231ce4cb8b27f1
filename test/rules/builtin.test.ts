import { describe, expect, it } from 'vitest';
import { checkRules } from '../../src/rules/check.ts';
import { loadRules } from '../../src/rules/load.ts';

const loaded = loadRules({ dirs: [], builtin: true, now: new Date('2026-11-24T00:00:00Z') });

describe("Postern's own rules", () => {
  it('load without a problem', () => {
    expect(loaded.problems).toEqual([]);
    expect(loaded.rules.map(rule => rule.id)).toEqual([
      'anchor-bad-constraints',
      'anchor-ca-not-allowed',
      'anchor-disabled',
      'anchor-expired',
      'anchor-expiring',
      'anchor-known-malicious',
      'anchor-long-validity',
      'anchor-multiple-certs',
      'anchor-no-crl',
      'anchor-not-pqc',
      'anchor-not-referenced',
      'anchor-notifications-off',
      'anchor-pca-foreign',
      'anchor-public-ca',
      'anchor-required-tags',
      'anchor-root-ca',
      'anchor-self-signed-external',
      'anchor-shared-ca',
      'anchor-unused-region',
      'anchor-weak-key',
      'anchor-weak-signature',
      'crl-covers-active-subject',
      'crl-disabled',
      'crl-issuer-mismatch',
      'crl-not-updated',
      'crl-orphan',
      'crl-stale',
      'crl-weak-signature',
      'event-anchor-created',
      'event-anchor-external',
      'event-anchor-replaced',
      'event-chain',
      'event-crl-removed',
      'event-denied-burst',
      'event-enable-dormant',
      'event-mapping-removed',
      'event-notifications-reset',
      'event-profile-created',
      'event-profile-role-added',
      'event-role-trusts-ra',
      'event-session-policy-removed',
      'expected-anchor-differs',
      'expected-anchor-undeclared',
      'expected-missing',
      'expected-profile-differs',
      'expected-profile-undeclared',
      'expected-role-differs',
      'expected-role-undeclared',
      'path-admin-conditional',
      'path-escalation',
      'path-nobody',
      'path-session-policy-escape',
      'path-session-policy-removes-nothing',
      'profile-disabled-privileged',
      'profile-no-session-policy',
      'profile-privileged-role',
      'profile-role-missing',
      'role-no-boundary-privileged',
      'role-trust-broad-action',
      'role-trust-disabled-anchor',
      'role-trust-ifexists',
      'role-trust-issuer-only',
      'role-trust-literal-wildcard',
      'role-trust-missing-action',
      'role-trust-mixed-principals',
      'role-trust-multivalue-like',
      'role-trust-negated-condition',
      'role-trust-network-key',
      'role-trust-no-cert-attribute',
      'role-trust-no-condition',
      'role-trust-no-source-arn',
      'role-trust-self-referential',
      'role-trust-source-account-only',
      'role-trust-source-identity-format',
      'role-trust-split-statement',
      'role-trust-stale-anchor',
      'role-trust-subject-without-issuer',
      'role-trust-unknown-attribute',
      'role-trust-unmapped-attribute',
      'role-trust-wildcard-attribute',
      'role-trust-wildcard-source-arn',
      'role-unreachable-trust',
      'session-failed-burst',
      'session-new-source-ip',
      'session-serial-mismatch',
      'session-unknown-anchor',
      'subject-expired-cert',
      'subject-expiring-cert',
      'subject-failed-auth',
      'subject-long-lived-cert',
      'subject-multiple-serials',
      'subject-stale',
      'subject-unknown-issuer',
      'subject-weak-cert',
    ]);
  });

  it.each(checkRules(loaded).map(check => [check.rule, check] as const))('%s keeps its word', (_, check) => {
    expect(check.problems).toEqual([]);
    expect(check.examples.length).toBeGreaterThanOrEqual(2);
  });

  it.each(loaded.rules.filter(rule => rule.kind !== 'event').map(rule => [rule.id, rule] as const))(
    '%s says when it cannot know',
    (_, rule) => {
      expect(rule.examples.map(example => example.expect)).toContain('not evaluated');
    },
  );
});

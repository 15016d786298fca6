import { clientWords, type Rule } from './rule.ts';

/** The repository does not say which build of a driver it gets, and the builds differ in what matters here. */
export const driverVersionUnknown: Rule = {
  meta: {
    id: 'driver-version-unknown',
    scenario: null,
    level: 'notice',
    title: 'Driver version unknown',
    why: 'Builds of the same driver differ in what they offer in a handshake: one has TLS 1.2, the one before has not. Where the repository does not say which build it gets, verdicts cover every build it could be, and this notice says so.',
    helpUri:
      'https://learn.microsoft.com/troubleshoot/sql/database-engine/connect/tls-1-2-support-microsoft-sql-server',
  },
  judgeClient(client) {
    const { driver, driverSpan } = client;
    if (driver.versionMatters === null) return [];
    return [
      {
        span: driverSpan,
        message: `${clientWords(client)}: the version is not declared, and builds of this driver differ in ${driver.versionMatters}. Verdicts here cover every build it could be.`,
        fix: 'Pin the version where the driver is installed, or declare the client in the policy file with its version.',
        client: client.name,
        target: null,
        evidence: [{ strength: 'declared', statement: 'declared without a version', span: driverSpan }],
        about: driver.id,
      },
    ];
  },
};

// Entries of RING_BUFFER_CONNECTIVITY in the shapes that SQL Server 2008 to 2022 write.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { connectivityOf, parseRecord } from '../../../src/observe/login/ring-buffer.ts';

/** As SQL Server 2016 writes it of a client that went away before its login. */
const LOGIN_TIMERS = `<Record id="101" type="RING_BUFFER_CONNECTIVITY" time="18945367423">
  <ConnectivityTraceRecord>
    <RecordType>LoginTimers</RecordType>
    <Spid>0</Spid>
    <SniConnectionId>11111111-2222-4333-8444-555555555555</SniConnectionId>
    <SniConsumerError>17830</SniConsumerError>
    <SniProvider>7</SniProvider>
    <State>11</State>
    <RemoteHost>192.0.2.77</RemoteHost>
    <RemotePort>60618</RemotePort>
    <LocalHost>192.0.2.90</LocalHost>
    <LocalPort>1433</LocalPort>
    <RecordTime>11/3/2026 20:21:8.222</RecordTime>
    <TdsBuffersInformation>
      <TdsInputBufferError>10054</TdsInputBufferError>
      <TdsOutputBufferError>0</TdsOutputBufferError>
      <TdsInputBufferBytes>0</TdsInputBufferBytes>
    </TdsBuffersInformation>
    <LoginTimers>
      <TotalLoginTimeInMilliseconds>31</TotalLoginTimeInMilliseconds>
      <LoginTaskEnqueuedInMilliseconds>1</LoginTaskEnqueuedInMilliseconds>
      <NetworkWritesInMilliseconds>2</NetworkWritesInMilliseconds>
      <NetworkReadsInMilliseconds>14</NetworkReadsInMilliseconds>
      <SslProcessingInMilliseconds>13</SslProcessingInMilliseconds>
      <SspiProcessingInMilliseconds>0</SspiProcessingInMilliseconds>
      <LoginTriggerAndResourceGovernorProcessingInMilliseconds>0</LoginTriggerAndResourceGovernorProcessingInMilliseconds>
    </LoginTimers>
  </ConnectivityTraceRecord>
  <Stack>
    <frame id="0">0X0000000002315FEB</frame>
  </Stack>
</Record>`;

/** As SQL Server 2008 writes it of a killed session: shared memory, no timers. */
const KILLED = `<Record id="2" type="RING_BUFFER_CONNECTIVITY" time="110448275"><ConnectivityTraceRecord><RecordType>ConnectionClose</RecordType><RecordSource>Tds</RecordSource><Spid>55</Spid><SniConnectionId>11111111-2222-4333-8444-555555555555</SniConnectionId><SniProvider>4</SniProvider><RemoteHost>&lt;local machine&gt;</RemoteHost><RemotePort>0</RemotePort><LocalHost /><LocalPort>0</LocalPort><RecordTime>5/6/2026 22:47:35.880</RecordTime><TdsBuffersInformation><TdsInputBufferError>0</TdsInputBufferError><TdsOutputBufferError>0</TdsOutputBufferError><TdsInputBufferBytes>60</TdsInputBufferBytes></TdsBuffersInformation><TdsDisconnectFlags><PhysicalConnectionIsKilled>1</PhysicalConnectionIsKilled><DisconnectDueToReadError>0</DisconnectDueToReadError><NetworkErrorFoundInInputStream>0</NetworkErrorFoundInInputStream><ErrorFoundBeforeLogin>0</ErrorFoundBeforeLogin><SessionIsKilled>1</SessionIsKilled><NormalDisconnect>0</NormalDisconnect><NormalLogout>0</NormalLogout></TdsDisconnectFlags></ConnectivityTraceRecord><Stack><frame id="0">0X01CA0B00</frame></Stack></Record>`;

/** A network error that SNI met. */
const SNI = `<Record id="7" type="RING_BUFFER_CONNECTIVITY" time="1"><ConnectivityTraceRecord><RecordType>Error</RecordType><RecordSource>Sni</RecordSource><Spid>0</Spid><OSError>10054</OSError><SniConsumerError>17828</SniConsumerError><RemoteHost>192.0.2.77</RemoteHost></ConnectivityTraceRecord></Record>`;

test('login timers', () => {
  expect(parseRecord(LOGIN_TIMERS)).toEqual({
    recordType: 'LoginTimers',
    recordSource: null,
    osError: null,
    sniConsumerError: 17830,
    tdsInputBufferError: 10054,
    tdsOutputBufferError: null,
    disconnectFlags: [],
    timers: {
      total: 31,
      enqueued: 1,
      networkWrites: 2,
      networkReads: 14,
      ssl: 13,
      sspi: 0,
      loginTrigger: 0,
    },
  });
});

test('a killed session: flags in alphabetical order, 0 is no error', () => {
  expect(parseRecord(KILLED)).toEqual({
    recordType: 'ConnectionClose',
    recordSource: 'Tds',
    osError: null,
    sniConsumerError: null,
    tdsInputBufferError: null,
    tdsOutputBufferError: null,
    disconnectFlags: ['PhysicalConnectionIsKilled', 'SessionIsKilled'],
    timers: null,
  });
});

test('error 10054 by SNI, error numbers in hexadecimal too', () => {
  expect(parseRecord(SNI)).toMatchObject({
    recordSource: 'Sni',
    osError: 10054,
    tdsInputBufferError: null,
    timers: null,
  });
  expect(parseRecord(SNI.replace('>10054<', '>0x2746<'))?.osError).toBe(10054);
});

test('causes are counted, most frequent first; timers are summed up; clients are left out', () => {
  const slow = LOGIN_TIMERS.replace('>31<', '>16340<').replace('>1<', '>15210<');
  const records = [KILLED, LOGIN_TIMERS, slow, LOGIN_TIMERS, 'no XML', SNI];
  const found = connectivityOf(records.map((record, index) => ({ record, ageSeconds: index * 10 })));
  expect(found).toMatchObject({ records: 6, unreadable: 1, newestSeconds: 0, oldestSeconds: 50 });
  expect(found.causes.map(({ count, recordType }) => `${count} ${recordType}`)).toEqual([
    '3 LoginTimers',
    '1 ConnectionClose',
    '1 Error',
  ]);
  expect(found.loginTimers).toEqual({
    count: 3,
    median: expect.objectContaining({ total: 31, enqueued: 1 }),
    longest: expect.objectContaining({ total: 16340, enqueued: 15210, ssl: 13 }),
  });
  expect(JSON.stringify(found)).not.toMatch(/192\.0\.2|11111111/);
});

test('an empty ring buffer', () => {
  expect(connectivityOf([])).toEqual({
    records: 0,
    unreadable: 0,
    oldestSeconds: null,
    newestSeconds: null,
    causes: [],
    loginTimers: null,
  });
});

describe('anything else is counted as unreadable, never thrown', () => {
  test.each([
    [''],
    ['<Record'],
    ['<Record type="RING_BUFFER_CONNECTIVITY"/>'],
    [KILLED.replace('RING_BUFFER_CONNECTIVITY', 'RING_BUFFER_EXCEPTION')],
    [KILLED.replace('>ConnectionClose<', '>a client said: hello<')],
    [KILLED.replace('<Stack>', `<Stack>${'x'.repeat(20_000)}`)],
    ['<!DOCTYPE Record [<!ENTITY a "b">]><Record type="RING_BUFFER_CONNECTIVITY">&a;</Record>'],
  ])('%.60s', (record) => {
    expect(parseRecord(record)).toBeNull();
  });

  test('a record that is cut off or has a character changed', () => {
    const cut = fc.tuple(fc.constantFrom(LOGIN_TIMERS, KILLED, SNI), fc.nat(), fc.string());
    fc.assert(
      fc.property(cut, ([record, at, text]) => {
        const place = at % record.length;
        const { records, unreadable, causes } = connectivityOf([
          { record: record.slice(0, place), ageSeconds: null },
          { record: record.slice(0, place) + text + record.slice(place + 1), ageSeconds: null },
        ]);
        const counted = causes.reduce((sum, { count }) => sum + count, 0);
        expect(counted + unreadable).toBe(records);
      }),
    );
  });
});

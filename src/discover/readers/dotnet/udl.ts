/** `*.udl`: the initialization string of OLE DB below a line that says so ("Universal Data Link (UDL) configuration"). */
import type { Declaration } from '../../../model/declaration.ts';
import { declareConnection } from '../../connection-strings/declare.ts';
import type { Reader } from '../../reader.ts';
import { plain } from '../../text/decoded.ts';
import { driverDeclaration } from '../driver-declaration.ts';

const LINE = /^(?![;[\s])[^\r\n]+/dgm;

export const udl: Reader = {
  id: 'udl',
  matches: (path) => /\.udl$/i.test(path),
  read(source, vocabulary) {
    const connections = [...source.text.matchAll(LINE)].flatMap(({ indices }): Declaration[] => {
      const [start = 0, end = 0] = indices?.[0] ?? [];
      const connection = declareConnection(source, plain(source, start, end));
      return connection && !connection.ambiguous ? [connection] : [];
    });
    const section = source.text.indexOf('[oledb]') + 1;
    if (connections.length === 0 || section === 0) return connections;
    const driver = driverDeclaration(source, vocabulary, {
      ecosystem: 'config',
      package: '*.udl files',
      version: null,
      role: 'uses',
      start: section,
      end: section + 'oledb'.length,
    });
    return [...driver, ...connections];
  },
};

/** Every driver on every stack against every server of the catalog, judged. */
import { judged, matrixClients, matrixServers } from '../test/matrix/matrix.ts';

const GOAL_MS = 2000;
const ROUNDS = 3;

export async function matrix(print: (line: string) => void): Promise<void> {
  const times: number[] = [];
  let pairs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const servers = matrixServers();
    const clients = matrixClients();
    for (const client of clients) for (const server of servers) judged(client, server);
    pairs = servers.length * clients.length;
    times.push(performance.now() - started);
  }
  const shown = times.map((ms) => Math.round(ms)).join(', ');
  print(
    `matrix: ${pairs} pairs of the catalog judged in ${shown} ms (goal: ${GOAL_MS} for tens of thousands)`,
  );
}

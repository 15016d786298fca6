import { TLS_STACKS } from '../catalog/tls-stacks.ts';

/** Builds that several rows of the catalog share: `10.0.18362-19041`, `10.0.22621+`. */
const SPAN = /^(\d+\.\d+)\.(\d+)(?:-(\d+)|(\+))?$/;

/** The Windows of a build, `10.0.17763`, as the catalog names it; `null` for a build that it does not have. */
export function windowsOf(build: string): string | null {
  const [, release, number] = /^(\d+\.\d+)\.(\d+)$/.exec(build) ?? [];
  if (release === undefined) return null;
  const found = TLS_STACKS.filter(({ osBuild }) => {
    const [, of, first, last, open] = SPAN.exec(osBuild ?? '') ?? [];
    if (of !== release) return false;
    const highest = open ? Number.POSITIVE_INFINITY : Number(last ?? first);
    return Number(number) >= Number(first) && Number(number) <= highest;
  });
  // A server's own row says more than the open end of a client's.
  const exact = found.find(({ osBuild }) => osBuild === build);
  return (exact ?? found[0])?.label ?? null;
}

/** `--ca FILE` and `--host-name-in-certificate NAME` of `probe`. */
import type { CertificateOptions } from '../edge/certified.ts';
import { rootsOfFile } from '../edge/roots.ts';

/** RFC 1035 §2.3.4. */
const LONGEST_NAME = 253;

export function certificateOptions({
  ca,
  'host-name-in-certificate': hostName,
}: {
  readonly ca?: string | undefined;
  readonly 'host-name-in-certificate'?: string | undefined;
}): CertificateOptions | { readonly complaint: string } {
  if (hostName !== undefined && !(/^[^\s,\\]+$/.test(hostName) && hostName.length <= LONGEST_NAME)) {
    return {
      complaint: `--host-name-in-certificate "${hostName}" is no host name; expected a name or an address alone.`,
    };
  }
  const roots = ca === undefined ? null : rootsOfFile(ca);
  if (roots && 'complaint' in roots) return { complaint: `--ca: ${roots.complaint}` };
  return { ca: roots, hostName: hostName ?? null };
}

/** Text cut to a number of bytes in UTF-8, as GitHub counts its limits. */

const CUT = '…';

/** The text, or as much of its beginning as fits with `…` at the end; never half a character. */
export function cutTo(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const kept = Buffer.from(text).subarray(0, Math.max(0, maxBytes - Buffer.byteLength(CUT)));
  // A character cut in half decodes to one replacement character at the end.
  return `${kept.toString('utf8').replace(/\uFFFD$/, '')}${CUT}`;
}

/** `${name:default}` of Spring, Quarkus and Micronaut: where nothing else is set, the default holds. */
import { DecodedText } from '../../text/decoded.ts';

/** Look-ups of other programs, where what follows the colon is a name and no default. */
const LOOKUP =
  /^(?:env|sys|system|java|ctx|jndi|prop|props|vault|secret|file|main|bundle|base64|kv|map|sd|date|log4j|spring|ref)$/;
/** Group 1 is the name; `:-` as in shells. */
const OPENING = /\$\{([\w.-]{1,200}):(?![?+])-?/y;

/** The text with every default in the place of its placeholder; a placeholder without one stays. */
export function withDefaults(decoded: DecodedText): DecodedText {
  const { text } = decoded;
  if (!text.includes('${')) return decoded;
  const kept: number[] = [];
  /** Per open brace: is it one that goes? */
  const open: boolean[] = [];
  for (let at = 0; at < text.length; ) {
    OPENING.lastIndex = at;
    const [opening, name = ''] = OPENING.exec(text) ?? [];
    if (opening !== undefined && !LOOKUP.test(name)) {
      open.push(true);
      at += opening.length;
      continue;
    }
    const goes = text[at] === '}' && open.pop();
    if (text[at] === '{') open.push(false);
    if (!goes) kept.push(at);
    at += 1;
  }
  // Braces that do not match: nobody knows where a default ends.
  if (open.length > 0 || kept.length === text.length) return decoded;
  const end = decoded.sourceOffset((kept.at(-1) ?? -1) + 1);
  return new DecodedText(kept.map((at) => text[at]).join(''), [
    ...kept.map((at) => decoded.sourceOffset(at)),
    end,
  ]);
}

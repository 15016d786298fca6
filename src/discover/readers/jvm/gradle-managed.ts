/** Places of a Gradle script that fix versions and take nothing: platforms, constraints, version catalogs. */

type Block = readonly [start: number, end: number];

const NAMES =
  /^(?:constraints|dependencyManagement|versionCatalogs|dependencySubstitution|resolutionStrategy)$/;
const BRACE = /(?<!\w)([A-Za-z]\w{0,60})[ \t]{0,20}\{|[{}]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** `constraints { … }` and the like, outermost first. `code` has no comments. */
export function managedBlocks(code: string): readonly Block[] {
  const blocks: Block[] = [];
  const open: { readonly start: number; readonly managed: boolean }[] = [];
  for (const { 0: token, 1: name = '', index } of code.matchAll(BRACE)) {
    if (token.endsWith('{')) open.push({ start: index, managed: NAMES.test(name) });
    else if (token === '}') {
      const closed = open.pop();
      if (closed?.managed && !open.some(({ managed }) => managed)) blocks.push([closed.start, index]);
    }
  }
  // One that is never closed goes to the end.
  const unclosed = open.find(({ managed }) => managed);
  return unclosed ? [...blocks, [unclosed.start, code.length]] : blocks;
}

/** Before a dependency: `platform("…")`, `enforcedPlatform('…')`, `mavenBom "…"`, `force '…'`. */
const MANAGER = /\b(?:platform|enforcedPlatform|mavenBom|force)[ \t]*\(?[ \t]*["']{0,3}$/;

export function isManaged(at: number, code: string, blocks: readonly Block[]): boolean {
  return MANAGER.test(code.slice(Math.max(0, at - 60), at)) || isWithin(at, blocks);
}

/** `blocks` stand one after the other. */
function isWithin(at: number, blocks: readonly Block[]): boolean {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.[1] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return (blocks[low]?.[0] ?? at) < at;
}

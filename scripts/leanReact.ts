// SPDX-License-Identifier: GPL-2.0-only
// React as the page uses it: the built page leaves out what no component of ours is made of, a third of React DOM. What
// a page has to fetch before it shows anything is limited, and most of it is React.
//
// Only what cannot be reached is taken out: the cases and comparisons of kinds of components that are never rendered,
// the hooks that are never called, and waking up markup that a server has sent. Their code is then dead, and the
// minifier drops it. A test holds src/ui against the lists below, so that whoever uses more is told.

import { parseAst, type Plugin } from "vite";

/** What is looked at of a piece of the source: where it stands, what it is, and whatever it is made of. */
interface Piece {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [part: string]: unknown;
}

/** Source [start, end) goes, and `instead` comes. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

type What = "kinds" | "flags" | "hooks" | "statements";
type MakeCut = (what: What, start: number, end: number, instead?: string) => void;

/** Kinds of components that the page has none of, by React's number for them. */
export const ABSENT_KINDS = {
  portal: 4,
  contextConsumer: 9,
  forwardRef: 11,
  profiler: 12,
  suspense: 13,
  lazy: 16,
  incompleteClass: 17,
  dehydrated: 18,
  suspenseList: 19,
  scope: 21,
  offscreen: 22,
  legacyHidden: 23,
  cache: 24,
  tracingMarker: 25,
  hoistable: 26,
  singleton: 27,
  incompleteFunction: 28,
  viewTransition: 30,
  activity: 31,
};

/** Hooks that the page and its libraries call. */
export const HOOKS = [
  ...["useCallback", "useContext", "useDebugValue", "useDeferredValue", "useEffect", "useId"],
  ...["useLayoutEffect", "useMemo", "useRef", "useState", "useSyncExternalStore", "readContext"],
];

/** Variables that are true only while such a component, or markup of a server, is at work. */
const NEVER_TRUE = [
  ...["isHydrating", "shouldStartViewTransition", "offscreenSubtreeIsHidden", "offscreenSubtreeWasHidden"],
  ...["offscreenDirectParentIsHidden", "viewTransitionMutationContext", "rootViewTransitionNameCanceled"],
];

/** Statements at the top of the file that nothing asks for. */
const UNASKED =
  /^(?:(?:FragmentInstance|ViewTransitionPseudoElement)\.prototype|ReactDOMHydrationRoot\.prototype\.unstable|exports\.hydrateRoot|ReactDOMSharedInternals\.(?:d|findDOMNode))/;

/** A Vite plugin for the built page. */
export const leanReact = (): Plugin => ({
  name: "lean-react",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    /react-dom-client\.production\.js$/.test(id) ? { code: withoutUnused(code), map: null } : null,
});

/** The source of React DOM without what the page does not use. Throws where it is not the source that this was made for. */
export function withoutUnused(source: string): string {
  const cuts: Cut[] = [];
  const counts: Record<What, number> = { kinds: 0, flags: 0, hooks: 0, statements: 0 };
  const cut: MakeCut = (what, start, end, instead = "") => {
    counts[what]++;
    cuts.push({ start, end, instead });
  };
  for (const statement of parseAst(source).body)
    if (
      statement.type === "ExpressionStatement" &&
      statement.expression.type === "AssignmentExpression" &&
      UNASKED.test(source.slice(statement.start, statement.end))
    )
      cut("statements", statement.start, statement.end);
    else visit(statement, cut);
  for (const [what, count] of Object.entries(counts))
    if (count === 0)
      throw new Error(
        `React DOM has no ${what} to leave out: scripts/leanReact.ts was made for another version`,
      );
  return applied(source, cuts);
}

function visit(node: unknown, cut: MakeCut): void {
  if (!isPiece(node)) return;
  const { start, end } = node;
  switch (node.type) {
    case "SwitchStatement":
      if (isKind(node.discriminant as Piece)) cutCases(node.cases as Case[], cut);
      break;
    case "BinaryExpression": {
      const [left, right] = [node.left as Piece, node.right as Piece];
      const compares = (isAbsent(left) && isKind(right)) || (isAbsent(right) && isKind(left));
      if (compares && node.operator === "===") cut("kinds", start, end, "!1");
      if (compares && node.operator === "!==") cut("kinds", start, end, "!0");
      break;
    }
    case "AssignmentExpression":
      // What would make it true is still computed, and forgotten.
      if (NEVER_TRUE.includes(nameOf(node.left))) cut("flags", start, (node.right as Piece).start);
      break;
    case "MemberExpression":
      if (!node.computed && nameOf(node.property) === "isDehydrated") cut("flags", start, end, "!1");
      break;
    case "ObjectExpression":
      cutHooks(node.properties as Piece[], cut);
      break;
  }
  for (const part of Object.values(node))
    for (const child of Array.isArray(part) ? part : [part]) visit(child, cut);
}

const isPiece = (value: unknown): value is Piece =>
  typeof (value as Piece | null)?.type === "string" && typeof (value as Piece).start === "number";

const nameOf = (node: unknown): string => String((node as { name?: unknown } | undefined)?.name);

/** Takes unused hooks out of a table of them, and leaves other objects alone. */
function cutHooks(properties: readonly Piece[], cut: MakeCut): void {
  if (!properties.some(({ key }) => nameOf(key) === "useCallback")) return;
  for (const [k, { key, start, end }] of properties.entries())
    if (!HOOKS.includes(nameOf(key))) cut("hooks", start, properties[k + 1]?.start ?? end);
}

interface Case extends Piece {
  readonly test: Piece | null;
  readonly consequent: readonly Piece[];
}

/** Takes the labels of absent kinds away. A case that stands first keeps its own if it has a body: it has nowhere to go. */
function cutCases(cases: readonly Case[], cut: MakeCut): void {
  let isFirst = true;
  for (const { test, consequent, start } of cases)
    if (isAbsent(test) && (!isFirst || consequent.length === 0)) cut("kinds", start, test.end + 1);
    else isFirst = false;
}

const isAbsent = (node: Piece | null): node is Piece =>
  node?.type === "Literal" && Object.values(ABSENT_KINDS).includes(node.value as number);

/** Whether a value is the kind of a component: `fiber.tag`, or a variable that was given one. */
const isKind = (node: Piece): boolean =>
  (node.type === "MemberExpression" && !node.computed && nameOf(node.property) === "tag") ||
  (node.type === "Identifier" && /^(?:tag|nodeTag|grandTag|_instance\d?)$/.test(nameOf(node)));

/** `source` with its cuts made; one inside another is gone with it. */
function applied(source: string, cuts: Cut[]): string {
  cuts.sort((a, b) => a.start - b.start || b.end - a.end);
  let result = "";
  let at = 0;
  for (const { start, end, instead } of cuts) {
    if (start < at) continue;
    result += source.slice(at, start) + instead;
    at = end;
  }
  return result + source.slice(at);
}

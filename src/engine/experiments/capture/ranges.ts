// SPDX-License-Identifier: GPL-2.0-only
// Disjoint ranges of whole numbers, each with a value: which file lies at which pages, what a descriptor leads to.
//
// A balanced tree whose nodes never change. A copy, such as fork(2) makes of an address space, is the root, and
// whatever a log does to half a million mappings costs a path through the tree. Two heights differ by at most 2.
//
// Every range remembers the line of the log that made it. A call that takes ranges away may be interrupted, and what
// came to stand there after it began is not what it took.

/** [start, end) and what it stands for, since line `since` of the log. */
export interface Range<V> {
  readonly start: number;
  readonly end: number;
  readonly value: V;
  readonly since: number;
}

interface Node<V> extends Range<V> {
  readonly left: Ranges<V>;
  readonly right: Ranges<V>;
  readonly height: number;
  /** The least and the greatest `since` of this node and all below it. */
  readonly oldest: number;
  readonly newest: number;
}

export type Ranges<V> = Node<V> | null;

/** The range that holds `point`. */
export function rangeAt<V>(ranges: Ranges<V>, point: number): Range<V> | null {
  let node = ranges;
  while (node !== null && (point < node.start || node.end <= point)) {
    node = point < node.start ? node.left : node.right;
  }
  return node;
}

/** True where some range lies in part inside [start, end). */
export function overlaps<V>(ranges: Ranges<V>, start: number, end: number): boolean {
  let node = ranges;
  while (node !== null && (end <= node.start || node.end <= start)) {
    node = end <= node.start ? node.left : node.right;
  }
  return node !== null;
}

/** All ranges inside [start, end), cut off there, in ascending order. */
export function* rangesIn<V>(ranges: Ranges<V>, start: number, end: number): Generator<Range<V>> {
  if (ranges === null) return;
  if (start < ranges.start) yield* rangesIn(ranges.left, start, end);
  if (ranges.start < end && start < ranges.end) {
    const { value, since } = ranges;
    yield { start: Math.max(start, ranges.start), end: Math.min(end, ranges.end), value, since };
  }
  if (ranges.end < end) yield* rangesIn(ranges.right, start, end);
}

/** `range`, in place of all that stood there. An empty one changes nothing. */
export function withRange<V>(ranges: Ranges<V>, range: Range<V>): Ranges<V> {
  if (range.start >= range.end) return ranges;
  // The usual case, at a third of the price.
  if (!overlaps(ranges, range.start, range.end)) return inserted(ranges, range);
  const [left, rest] = split(ranges, range.start);
  return join(left, range, split(rest, range.end)[1]);
}

function inserted<V>(node: Ranges<V>, range: Range<V>): Node<V> {
  if (node === null) return nodeOf(null, range, null);
  return range.start < node.start
    ? balanced(inserted(node.left, range), node, node.right)
    : balanced(node.left, node, inserted(node.right, range));
}

/** `ranges` without what stood in [start, end) before line `before`. */
export function withoutRange<V>(
  ranges: Ranges<V>,
  start: number,
  end: number,
  before = Number.POSITIVE_INFINITY,
): Ranges<V> {
  if (!overlaps(ranges, start, end)) return ranges;
  const [left, rest] = split(ranges, start);
  const [within, right] = split(rest, end);
  return concat(concat(left, notBefore(within, before)), right);
}

function notBefore<V>(node: Ranges<V>, line: number): Ranges<V> {
  if (node === null || node.newest < line) return null;
  if (node.oldest >= line) return node;
  const left = notBefore(node.left, line);
  const right = notBefore(node.right, line);
  return node.since >= line ? join(left, node, right) : concat(left, right);
}

/** What lies below `point` and what lies from there on; a range that holds `point` is cut in two. */
function split<V>(node: Ranges<V>, point: number): [Ranges<V>, Ranges<V>] {
  if (node === null) return [null, null];
  if (point <= node.start) {
    const [left, right] = split(node.left, point);
    return [left, join(right, node, node.right)];
  }
  if (node.end <= point) {
    const [left, right] = split(node.right, point);
    return [join(node.left, node, left), right];
  }
  return [join(node.left, { ...node, end: point }, null), join(null, { ...node, start: point }, node.right)];
}

/** All of `left`, then `range`, then all of `right`, whatever their heights. */
function join<V>(left: Ranges<V>, range: Range<V>, right: Ranges<V>): Node<V> {
  if (left !== null && left.height > heightOf(right) + 2) {
    return balanced(left.left, left, join(left.right, range, right));
  }
  if (right !== null && right.height > heightOf(left) + 2) {
    return balanced(join(left, range, right.left), right, right.right);
  }
  return nodeOf(left, range, right);
}

function concat<V>(left: Ranges<V>, right: Ranges<V>): Ranges<V> {
  if (left === null) return right;
  if (right === null) return left;
  let first: Node<V> = right;
  while (first.left !== null) first = first.left;
  return join(left, first, withoutFirst(right));
}

function withoutFirst<V>(node: Node<V>): Ranges<V> {
  return node.left === null ? node.right : balanced(withoutFirst(node.left), node, node.right);
}

/** A node whose two sides differ by at most 3 in height: one side grew or shrank by one. */
function balanced<V>(left: Ranges<V>, range: Range<V>, right: Ranges<V>): Node<V> {
  if (left !== null && left.height > heightOf(right) + 2) {
    const inner = left.right;
    if (inner === null || heightOf(left.left) >= inner.height) {
      return nodeOf(left.left, left, nodeOf(inner, range, right));
    }
    return nodeOf(nodeOf(left.left, left, inner.left), inner, nodeOf(inner.right, range, right));
  }
  if (right !== null && right.height > heightOf(left) + 2) {
    const inner = right.left;
    if (inner === null || heightOf(right.right) >= inner.height) {
      return nodeOf(nodeOf(left, range, inner), right, right.right);
    }
    return nodeOf(nodeOf(left, range, inner.left), inner, nodeOf(inner.right, right, right.right));
  }
  return nodeOf(left, range, right);
}

const heightOf = <V>(node: Ranges<V>) => (node === null ? 0 : node.height);

function nodeOf<V>(left: Ranges<V>, { start, end, value, since }: Range<V>, right: Ranges<V>): Node<V> {
  const height = 1 + Math.max(heightOf(left), heightOf(right));
  let oldest = since;
  let newest = since;
  if (left !== null) {
    oldest = Math.min(oldest, left.oldest);
    newest = Math.max(newest, left.newest);
  }
  if (right !== null) {
    oldest = Math.min(oldest, right.oldest);
    newest = Math.max(newest, right.newest);
  }
  return { start, end, value, since, left, right, height, oldest, newest };
}

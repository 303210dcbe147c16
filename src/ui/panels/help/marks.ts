// SPDX-License-Identifier: GPL-2.0-only
// What each mark of the key means, in a few more words.

/** By the word that stands beside the mark. */
export const MARK_MEANINGS: Readonly<Record<string, string>> = {
  needed: "the call found gfns to zap in the memslot",
  wasted: "the call reached a memslot that the punch does not overlap, and did nothing",
  "not called": "nobody has called this memslot so far",
  page: "the file has this page",
  hole: "the file has no page here",
  freed: "this punch gave the page back",
  zapped: "the guest's mapping was removed",
  punched: "in the range of the punch, and still there",
  "look-up": "the slot of an xa_node that is being read",
  refused: "a binding that another one stands in the way of",
  unpaired: "a start that gets no end, or an end without a start",
  "bad page": "the machine has found the page's frame bad, and nobody was told",
  wrapped: "a needed call whose sum has wrapped around: it zaps gfns that are not in the hole",
  stale: "the guest still maps a page that the file has freed",
};

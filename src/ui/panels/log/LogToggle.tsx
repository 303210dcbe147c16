// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { useLab, useShown } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";

/** Shows the event log in the place of the timeline. */
export const LogToggle = memo(function LogToggle() {
  const lab = useLab();
  const timeline = useShown((state) => state.timeline);
  return (
    <Button onClick={lab.toggleTimeline} pressed={!timeline} keys="e">
      Log
    </Button>
  );
});

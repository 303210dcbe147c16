// SPDX-License-Identifier: GPL-2.0-only
import { memo } from "react";
import { useLab, useShown } from "../../store/useLab.ts";
import { Button } from "../../widgets/Button.tsx";

/** Shows and hides the source of the running paths. */
export const CodeToggle = memo(function CodeToggle() {
  const lab = useLab();
  const code = useShown((state) => state.code);
  return (
    <Button onClick={lab.toggleCode} pressed={code} keys="c">
      Code
    </Button>
  );
});

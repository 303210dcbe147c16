// SPDX-License-Identifier: GPL-2.0-only
// Chooses dark or light before the first paint; a module would run after it.
{
  const light = matchMedia("(prefers-color-scheme: light)");
  const show = () => {
    let theme = null;
    try {
      theme = localStorage.getItem("theme");
    } catch {} // storage is shut off; the system's preference stands
    if (theme !== "dark" && theme !== "light") theme = light.matches ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
  };
  light.addEventListener("change", show);
  show();
}

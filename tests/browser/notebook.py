"""A notebook in JupyterLab, driven as a reader drives it: by menus, tabs and clicks."""

from __future__ import annotations

import re
from uuid import uuid4

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

PATIENCE = 120_000  # milliseconds
NUMBERED = re.compile(r"\[\d+\]")
FAILED = ", ".join(f"[data-mime-type='application/vnd.jupyter.{kind}']" for kind in ("error", "stderr"))
OUTPUT = ".jp-OutputArea-output"

#: Amounts set as mathematics, pictures that cannot be heard or seen, dead links, and text that is cut off.
FAULTS = """async outputs => {
    const faults = [];
    for (const output of outputs) {
        for (const math of output.querySelectorAll("mjx-container"))
            faults.push(`amounts set as mathematics: ${math.parentNode.innerText.slice(0, 40)}`);
        for (const picture of output.querySelectorAll("img")) {
            const name = picture.alt.slice(0, 40) || picture.src.slice(0, 40);
            if (picture.alt.length < 40) faults.push(`no alt text: ${name}`);
            if (picture.naturalWidth < 400) faults.push(`no picture: ${name}`);
            if (picture.width < 400 || picture.width > output.clientWidth) faults.push(`ill-sized: ${name}`);
        }
        for (const link of output.querySelectorAll("a[download]")) {
            const answer = await fetch(link.href);
            if (!answer.ok) faults.push(`broken link: ${link.getAttribute("href").split("?")[0]}`);
        }
        for (const part of output.querySelectorAll("div[role=region], p, figcaption"))
            if (part.scrollWidth > part.clientWidth + 1)
                faults.push(`${part.scrollWidth - part.clientWidth} px cut off: ${part.innerText.slice(0, 40)}`);
    }
    return faults;
}"""

#: Where each download comes from, and the SHA-256 of what comes.
DOWNLOADS = """links => Promise.all(links.map(async link => {
    const answer = await fetch(link.href, {cache: "no-store"});
    const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0")).join("");
    return [decodeURIComponent(new URL(link.href).pathname), answer.status == 200 ? hex : answer.status];
}))"""


class Notebook:
    """One notebook, open in a page."""

    def __init__(self, page: Page, address: str, path: str):
        self.page = page
        page.set_default_timeout(PATIENCE)
        page.goto(address.format(name=uuid4().hex, path=path))
        expect(page.locator("#jp-bottom-panel").get_by_text("| Idle")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".jp-Notebook-cell").first).to_be_visible()
        assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0, "it opens without a question"

    def menu(self, *names: str) -> None:
        """Choose from the menu bar: ``menu("Run", "Run All Cells")``."""
        items = self.page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel")
        for name in names:
            items.get_by_text(name, exact=True).click()

    def cells(self) -> Locator:
        """The code cells."""
        return self.page.locator(".jp-CodeCell")

    def run_all(self, *, restart: bool = False) -> None:
        """Run every cell from the menu, until all are done."""
        self.menu("Edit", "Clear Outputs of All Cells")
        if restart:
            self.menu("Run", "Restart Kernel and Run All Cells…")
            self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        else:
            self.menu("Run", "Run All Cells")
        for prompt in self.cells().locator(".jp-InputPrompt").all():
            expect(prompt).to_have_text(NUMBERED, timeout=PATIENCE)

    def run(self, words: str) -> Locator:
        """Run the first code cell that has these words in its source; gives its outputs."""
        cell = self.cells().filter(has=self.page.locator(".cm-content", has_text=words)).first
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        expect(prompt).not_to_have_text(before, timeout=PATIENCE)
        expect(prompt).to_have_text(NUMBERED, timeout=PATIENCE)
        return cell.locator(OUTPUT)

    def alts(self) -> list[str]:
        """The alt texts of the charts, in order; those under menus are left out."""
        return self.page.locator(".jp-RenderedHTML img").evaluate_all("pictures => pictures.map(p => p.alt)")

    def downloads(self) -> dict[str, str]:
        """What the links under the charts give: file on the server, and SHA-256, or the status of a refusal."""
        return dict(self.page.locator(f"{OUTPUT} a[download]").evaluate_all(DOWNLOADS))

    def faults(self) -> list[str]:
        """What a reader would stumble over in the outputs; empty for a good page."""
        failed = [f"a cell failed: {text[:200]}" for text in self.page.locator(FAILED).all_inner_texts()]
        outputs = self.page.locator(OUTPUT)
        return failed + outputs.evaluate_all(FAULTS) + accessibility(self.page, ".jp-OutputArea")


def accessibility(page: Page, within: str) -> list[str]:
    """Serious and critical findings of axe-core in a part of the page."""
    # JupyterLab's body has no height, and axe takes all in it for hidden.
    page.add_style_tag(content="html, body { height: 100% }")
    found = Axe().run(page, context=within).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]

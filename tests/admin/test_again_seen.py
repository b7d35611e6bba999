"""A refused form in a real browser, without script: filled, the sentence in front and in focus."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.admin.desk import Console
from tests.admin.files import filled
from tests.admin.test_browser import database_url, fits, here, seated
from tests.browser import a_phone, real_browser

__all__ = ["database_url", "here", "real_browser"]


async def test_a_refused_form_is_filled_and_says_why_where_one_looks(
    browser: Browser, console: Console, here: str, tmp_path: Path
) -> None:
    files = await filled(console.day, tmp_path)
    page = await a_phone(browser, java_script_enabled=False)
    await seated(console, here, page, "base")
    await page.goto(f"{here}/console/notices/{files.notice_id}")
    await page.get_by_text("登记", exact=False).locator("visible=true").last.click()
    await page.get_by_label("对哪一份有异议").select_option(files.number)
    await page.locator("input[name=channel]").first.check()
    await page.locator("input[name=on]").fill(str(console.office.today()))
    await page.get_by_label("反映人的姓名").fill("李小明")
    await page.get_by_label("反映人的身份证号").fill("530102199001010771")
    await page.get_by_label("反映人怎么联系").fill("13812345678")
    await page.locator("textarea[name=text]").fill("证书\n不是今年拿到的")
    await page.get_by_role("button", name="登记异议").click()
    note = page.get_by_role("alert")
    await expect(note).to_contain_text("校验位")
    await expect(note).to_be_focused()
    await expect(note).to_be_in_viewport()
    await expect(page.locator("textarea[name=text]")).to_have_value("证书\n不是今年拿到的")
    await expect(page.locator("input[name=channel]").first).to_be_checked()
    await expect(page.locator("select[name=entry]")).to_have_value(files.number)
    await expect(page.get_by_label("反映人的身份证号")).to_have_value("")
    await expect(page.get_by_label("反映人的身份证号")).to_have_attribute("aria-invalid", "true")
    assert await fits(page)
    await page.get_by_label("反映人的身份证号").fill("530102199001010773")
    await page.get_by_role("button", name="登记异议").click()
    await expect(page.get_by_role("status")).to_be_visible()

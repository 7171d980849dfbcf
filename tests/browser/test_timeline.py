"""The wall in a real browser: windows, zoom, choosing a project, filters in links, live redraw."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall_city import City, city, page, screens  # noqa: F401  (fixtures)

# ruff: noqa: F811

pytestmark = pytest.mark.browser

# names, picture and months drawn once more from scratch
DRAW_AGAIN = """() => {
  for (const part of document.querySelectorAll('.wall-rows, .wall-plot, .wall-time > div')) {
    part.innerHTML = String(part.innerHTML);
    part.getBoundingClientRect();
  }
}"""
# how often the picture was drawn
COUNT_DRAWINGS = """() => {
  window.drawings = 0;
  new MutationObserver(() => { document.body.dataset.drawings = ++window.drawings; })
    .observe(document.querySelector('.wall-plot'), { childList: true });
}"""

# Ctrl and so many notches of the wheel, one frame after the other
WHEEL = """async ([x, y, notches]) => {
  for (let i = 0; i < notches; i++) {
    const turned = {deltaY: -120, ctrlKey: true, clientX: x, clientY: y, bubbles: true, cancelable: true};
    document.elementFromPoint(x, y).dispatchEvent(new WheelEvent("wheel", turned));
    await new Promise(requestAnimationFrame);
  }
}"""


def open_wall(page: Page, city: City, search: str = "") -> None:
    page.goto(f"{city.address}/timeline{search}")
    expect(page.locator(".wall-row").first).to_be_visible()
    expect(page.locator(".wall-plot .bars rect").first).to_be_visible()


def names(page: Page) -> list[str]:
    # of what is off the screen a browser knows the text, not its look
    return page.locator(".wall-name").all_text_contents()


def test_a_window_of_forty_rows_with_bars_level_with_names(page: Page, city: City) -> None:
    open_wall(page, city)
    expect(page.locator(".wall-row")).to_have_count(40)
    expect(page.locator(".wall-pager")).to_contain_text(f"1–40 个,共 {city.projects} 个项目")
    rows = page.locator(".wall-rows").bounding_box()
    plot = page.locator(".wall-plot svg").bounding_box()
    assert abs(rows["height"] - plot["height"]) <= 1
    assert abs(rows["y"] - plot["y"]) <= 1
    expect(page.locator(".wall-today")).to_have_text("今天 11-22")


def test_names_are_never_cut(page: Page, city: City) -> None:
    for width, height in ((1920, 1080), (1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        open_wall(page, city)
        cut = page.locator(".wall-name").evaluate_all(
            "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.textContent)"
        )
        assert cut == []


def fills_its_place(page: Page) -> None:
    """The picture is as wide as what it lies in."""
    page.wait_for_function("""() => {
        const width = (name) => document.querySelector(name)?.getBoundingClientRect().width;
        return Math.abs(width(".wall-plot svg") - width(".wall-time")) <= 1.5;
    }""")


def test_the_wall_follows_the_window_s_width(page: Page, city: City) -> None:
    open_wall(page, city)
    fills_its_place(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    fills_its_place(page)
    # a width that is remembered is asked for at once, one that changed meanwhile again
    page.reload()
    fills_its_place(page)
    page.evaluate("""() => {
        const name = Object.keys(localStorage).find((one) => one.includes(".wall-time 1366"));
        localStorage.setItem(name, JSON.stringify({ plot: 500, name: 200 }));
    }""")
    page.reload()
    fills_its_place(page)


def test_next_window_and_back_by_link_and_key(page: Page, city: City) -> None:
    open_wall(page, city)
    first = names(page)
    page.get_by_text("下一页", exact=True).click()
    expect(page.locator(".wall-pager")).to_contain_text("41–80")
    expect(page.locator(".wall-name").first).not_to_have_text(first[0])
    page.keyboard.press("[")
    expect(page.locator(".wall-pager")).to_contain_text("1–40")
    assert names(page) == first


def test_zoom_is_in_the_link_and_moves_the_months(page: Page, city: City) -> None:
    open_wall(page, city)
    before = page.locator(".wall-month").all_inner_texts()
    page.get_by_role("link", name="年", exact=True).click()
    expect(page).to_have_url(re.compile("zoom=year"))
    expect(page.locator(".wall-month").get_by_text("2027年", exact=True)).to_be_visible()
    assert page.locator(".wall-month").all_inner_texts() != before
    page.reload()
    expect(page.locator(".wall-month").get_by_text("2027年", exact=True)).to_be_visible()


def test_a_click_on_a_row_opens_it_beside_the_wall_without_drawing_it_again(page: Page, city: City) -> None:
    open_wall(page, city)
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[0])
    page.evaluate(COUNT_DRAWINGS)
    third = page.locator(".wall-row").nth(2)
    third.locator(".wall-left").click()
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[2])
    expect(third).to_have_class(re.compile(r"\bon\b"))
    expect(page.locator(".plan-verdict")).to_be_visible()
    assert page.evaluate("window.drawings") == 0


def test_a_click_on_the_plot_chooses_the_row_below_it(page: Page, city: City) -> None:
    open_wall(page, city)
    box = page.locator(".wall-row").nth(4).bounding_box()
    page.mouse.click(box["x"] + box["width"] - 40, box["y"] + box["height"] / 2)
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[4])
    page.keyboard.press("k")
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[3])


def test_the_panel_opens_with_the_conflict_sentence(page: Page, city: City) -> None:
    open_wall(page, city, "?order=float")
    panel = page.locator(".wall-panel")
    expect(panel.locator(".plan-sentence")).to_contain_text(re.compile(r"比目标晚 \d+ 个工作日"))
    expect(panel.locator(".plan-ways li")).to_have_count(2)
    expect(panel.locator(".plan-countdown")).to_contain_text("个工作日")
    expect(panel).to_contain_text("包保领导")


def test_filters_are_kept_when_the_wall_changes(page: Page, city: City) -> None:
    region = city.region
    open_wall(page, city, f"?region={region}")
    expect(page.locator(".wall-who").first).to_contain_text(region)
    page.get_by_role("link", name="月", exact=True).click()
    expect(page).to_have_url(re.compile("zoom=month"))
    assert region in page.evaluate("decodeURIComponent(location.search)")
    page.locator(".wall-row").nth(1).locator(".wall-left").click()
    expect(page).to_have_url(re.compile("chosen="))
    assert region in page.evaluate("decodeURIComponent(location.search)")
    assert all(region in who for who in page.locator(".wall-who").all_text_contents())


def test_a_filter_without_projects_says_so(page: Page, city: City) -> None:
    page.goto(f"{city.address}/timeline?leader=没有这个人")
    expect(page.locator(".wall-empty")).to_contain_text("这个范围内没有项目")
    page.get_by_role("link", name="查看全部项目").click()
    expect(page.locator(".wall-row")).to_have_count(40)


def test_a_new_snapshot_redraws_in_place(page: Page, city: City) -> None:
    open_wall(page, city)
    page.locator(".wall-row").nth(20).locator(".wall-left").click()
    chosen = names(page)[20]
    expect(page.locator(".wall-panel h2")).to_contain_text(chosen)
    page.evaluate("scrollTo(0, 700)")
    at = page.evaluate("scrollY")
    assert at > 300
    revision = city.publish_again()
    expect(page.locator(".bar")).to_contain_text(f"第{revision}版")
    assert page.evaluate("scrollY") == at
    expect(page.locator(".wall-panel h2")).to_contain_text(chosen)
    expect(page.locator(".wall-row.on")).to_have_count(1)


def test_forty_rows_are_drawn_within_a_fifth_of_a_second(page: Page, city: City) -> None:
    open_wall(page, city)
    # time of the page's own thread: other programs on the machine must not decide
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def thread_seconds() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(m["value"]) for m in metrics if m["name"] == "TaskDuration")

    spent = []
    for _ in range(5):
        before = thread_seconds()
        page.evaluate(DRAW_AGAIN)
        spent.append(thread_seconds() - before)
    assert min(spent) <= 0.2


def test_dark_theme_and_phone(page: Page, city: City) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_wall(page, city)
    expect(page.locator(".wall-panel")).not_to_be_visible()
    page.locator(".wall-row").nth(1).locator(".wall-left").click()
    expect(page.locator(".wall-panel")).to_be_visible()
    page.locator(".side-close").click()
    expect(page.locator(".wall-panel")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def drawn_days(page: Page) -> tuple[str, int]:
    """First day and number of days of the picture that is drawn, once no gesture moves it."""
    plot = page.locator(".wall-plot svg.board").first
    expect(plot).not_to_have_attribute("style", re.compile("transform"))
    return plot.get_attribute("data-first"), int(plot.get_attribute("data-days"))


def test_ctrl_and_wheel_zooms_about_the_pointer_and_goes_back_in_one_step(page: Page, city: City) -> None:
    open_wall(page, city)
    before = drawn_days(page)
    box = page.locator(".wall-plot").bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + 200)
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile(r"start=-?\d+&days=\d+"))
    first, days = drawn_days(page)
    assert days < before[1]
    assert first > before[0]
    page.go_back()
    expect(page.locator(".wall-plot svg.board")).to_have_attribute("data-days", str(before[1]))
    assert drawn_days(page) == before
    # turned further at once, as a hand does: still one step
    page.evaluate(WHEEL, [*at, 4])
    expect(page.locator(".wall-plot svg.board")).not_to_have_attribute("data-days", str(before[1]))
    assert drawn_days(page)[1] < days
    page.go_back()
    expect(page.locator(".wall-plot svg.board")).to_have_attribute("data-days", str(before[1]))


def test_dragging_moves_the_wall_in_time_and_chooses_nothing(page: Page, city: City) -> None:
    open_wall(page, city)
    first, days = drawn_days(page)
    chosen = page.locator(".wall-panel h2").inner_text()
    heights = page.locator(".wall-row").evaluate_all("all => all.map(one => one.offsetHeight)")
    box = page.locator(".wall-plot").bounding_box()
    page.mouse.move(box["x"] + 600, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 300, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile(rf"days={days}"))
    moved, same = drawn_days(page)
    assert (moved > first, same) == (True, days)
    assert page.locator(".wall-panel h2").inner_text() == chosen
    assert page.locator(".wall-row").evaluate_all("all => all.map(one => one.offsetHeight)") == heights


def test_keys_move_zoom_walk_and_open(page: Page, city: City) -> None:
    open_wall(page, city)
    first, days = drawn_days(page)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("start="))
    assert drawn_days(page)[0] > first
    page.keyboard.press("-")
    expect(page.locator(".wall-plot svg.board")).not_to_have_attribute("data-days", str(days))
    at = drawn_days(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    row = page.locator(".wall-row").nth(1)
    expect(row).to_be_focused()
    assert row.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[1])
    # the wall stays where it was in time
    assert drawn_days(page) == at
    expect(page).to_have_url(re.compile(r"start=.*chosen="))
    page.keyboard.press("0")
    expect(page.locator(".wall-plot svg.board")).to_have_attribute("data-days", str(days))


def test_predecessors_of_the_chosen_row_are_arrows_within_it(page: Page, city: City) -> None:
    open_wall(page, city, "?order=float")
    expect(page.locator(".wall .links .head").first).to_be_attached()
    page.locator(".wall-row").nth(3).locator(".wall-left").click()
    expect(page.locator(".wall-panel h2")).to_contain_text(names(page)[3])
    page.wait_for_function(
        """() => {
          const row = document.querySelectorAll('.wall-row')[3];
          const group = document.querySelector('.wall .links');
          if (!row.classList.contains('on') || !group || !group.children.length) return false;
          const box = group.getBoundingClientRect(), own = row.getBoundingClientRect();
          return box.top >= own.top - 1 && box.bottom <= own.bottom + 1;
        }"""
    )


def test_a_light_of_the_legend_filters_the_wall(page: Page, city: City) -> None:
    open_wall(page, city)
    red = page.locator(".wall-light").first
    count = red.locator("b").inner_text()
    red.click()
    expect(page).to_have_url(re.compile("light=red"))
    expect(page.locator(".wall-pager")).to_contain_text(f"共 {count} 个项目")
    expect(page.locator(".wall-row .light-red")).to_have_count(min(int(count), 40))
    page.locator(".wall-light.on").click()
    expect(page.locator(".wall-pager")).to_contain_text(f"共 {city.projects} 个项目")


def test_groups_tell_their_projects_and_lights(page: Page, city: City) -> None:
    open_wall(page, city, "?order=region")
    heads = page.locator(".wall-group")
    expect(heads.first).to_contain_text(re.compile(r"\d+\s*个项目"))
    first = heads.first.locator("h3").inner_text()
    expect(page.locator(".wall-who").first).to_contain_text(first)
    told = int(heads.first.locator("b").inner_text())
    assert sum(first in who for who in page.locator(".wall-who").all_text_contents()) == min(told, 40)
    rows = page.locator(".wall-rows").bounding_box()
    plot = page.locator(".wall-plot svg").bounding_box()
    assert abs(rows["height"] - plot["height"]) <= 1


def test_scrolling_brings_the_next_rows_and_keeps_the_page_small(page: Page, city: City) -> None:
    open_wall(page, city)
    page.mouse.move(900, 700)
    seen = page.locator(".wall-chunk[data-offset='80'] .wall-row")
    while not seen.count():
        page.mouse.wheel(0, 900)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    seen.last.scroll_into_view_if_needed()
    expect(page.locator(".wall-pager")).to_contain_text(f"81–{city.projects} 个")
    # the first rows and those on the screen; what lies far off keeps its height only
    assert page.locator(".wall-row").count() <= 120
    assert page.locator(".wall-row .wall-name").last.text_content() not in names(page)[:-1]
    seen.nth(5).locator(".wall-left").click()
    expect(page.locator(".wall-panel h2")).to_contain_text(seen.nth(5).locator(".wall-name").inner_text())
    expect(page.locator(".wall-row.on")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    first = drawn_days(page)
    expect(page.locator(".wall-chunk[data-offset='80'] svg")).to_have_attribute("data-first", first[0])
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile("from=41"))


def test_the_plan_of_an_earlier_day_lies_behind_and_dates_that_moved_are_struck_through(
    page: Page, city: City
) -> None:
    open_wall(page, city, "?order=float")
    chip = page.locator(".wall-ghosts")
    expect(chip).to_have_text(re.compile(r"叠加 \d+月\d+日 计划"))
    expect(page.locator(".wall-plot .ghost")).to_have_count(0)
    chip.click()
    expect(page).to_have_url(re.compile(r"compare=2026-11-\d\d"))
    expect(page.locator(".wall-plot .ghost")).not_to_have_count(0)
    struck = page.locator(".wall-who s")
    expect(struck.first).to_be_visible()
    expect(struck.first.locator("xpath=following-sibling::b[1]")).not_to_have_text(struck.first.inner_text())
    row = page.locator(".wall-row", has=page.locator(".wall-who s")).first
    row.locator(".wall-left").click()
    expect(page.locator(".wall-panel h2")).to_contain_text(row.locator(".wall-name").inner_text())
    expect(page.locator(".side-moved s").first).to_be_visible()
    page.get_by_role("link", name="打开项目页").click()
    expect(page).to_have_url(re.compile(r"/project/.*compare=2026-11-\d\d"))
    page.go_back()
    chip.click()
    expect(page.locator(".wall-plot .ghost")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("compare="))

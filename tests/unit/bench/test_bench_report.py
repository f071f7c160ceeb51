"""latest.json and the table of ratios."""

import orjson
from rich.console import Console

from bench.measure import Result
from bench.report import figures, show, write

RESULTS = {
    "stock_faust": [Result("stock_faust", 1_000, 1.0, 0.5, 100.0)],
    "timelines": [Result("timelines", 6_000, seconds, None, None) for seconds in (1.0, 2.0, 0.5)],
}


def test_the_flat_figures_hold_medians_ranges_and_ratios():
    found = figures(RESULTS)
    assert found["timelines_per_s"] == 6_000
    assert (found["timelines_per_s_min"], found["timelines_per_s_max"]) == (3_000, 12_000)
    assert found["timelines_to_stock_faust"] == 6.0
    assert found["stock_faust_per_cpu_s"] == 2_000


def test_without_a_proc_filesystem_no_cost_is_told():
    assert not {"timelines_per_cpu_s", "timelines_peak_rss_mb"} & set(figures(RESULTS))


def test_latest_json_is_one_flat_object(tmp_path):
    write(figures(RESULTS) | {"whole_path_per_s": 4_100}, tmp_path / "out" / "latest.json")
    read = orjson.loads((tmp_path / "out" / "latest.json").read_bytes())
    assert read["whole_path_per_s"] == 4_100
    assert not any(isinstance(value, dict | list) for value in read.values())


def test_the_table_sets_ours_beside_the_peer_and_what_is_to_be_reached():
    console = Console(record=True, width=120)
    show(RESULTS, {"whole_path_per_s": 4_100}, console)
    text = console.export_text()
    assert "6.00" in text
    assert "5.0" in text
    assert "whole_path_per_s: 4100" in text

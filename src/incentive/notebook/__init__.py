"""Plans and results as HTML for notebooks.

A notebook shows what an object's `_repr_html_` gives, with the rights of the page. So every text is escaped, names
stand in `<bdi>` so that none can reorder an amount, there is no script, nothing is fetched, and colours come from the
page. The rooms below write the HTML of their own nouns, so that objects show themselves without looking up to here.
"""

from incentive.notebook.showing import diagnostics_html, explanation_html, plan_html, run_html, statement_html

__all__ = ["diagnostics_html", "explanation_html", "plan_html", "run_html", "statement_html"]

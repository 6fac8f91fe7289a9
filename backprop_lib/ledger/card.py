r"""The formulas that are right, on one card: in rows, in columns, and the rows that prove them.

Every line names rows of the ledger. Their checks measure the formula as `as written` or
`corrected`, so the card holds nothing that is not checked.
"""

from dataclasses import dataclass

from backprop_lib.ledger.row import plain


@dataclass(frozen=True)
class Line:
    """One formula: in `rows` an example is a row of X, in `columns` a column.

    columns is empty where the formula is the same. proof: the ids of the ledger's rows.
    """

    part: str
    name: str
    rows: str
    columns: str
    proof: tuple


CARD = (
    Line("Forward", "dense", r"$Z = XW + b$", r"$Z = WX + b$, $b$ a column", ("C1", "A2")),
    Line("Forward", "activation", r"$A = g(Z)$, entry by entry", "", ("A3", "C2")),
    Line("Forward", "softmax", r"$P_{ik} = e^{Z_{ik}} / \sum_c e^{Z_{ic}}$",
        r"$P_{ki} = e^{Z_{ki}} / \sum_c e^{Z_{ci}}$", ("C9",)),
    Line("Forward", "cross-entropy", r"$-\frac{1}{n} \sum_i \log P_{i,Y_i}$",
        r"$-\frac{1}{n} \sum_i \log P_{Y_i,i}$", ("C8",)),
    Line("Backward", "the first gradient", r"$dZ = (P - Y) / n$, for softmax with cross-entropy",
        "", ("B2", "C11")),
    Line("Backward", "weights", r"$dW = X^T dZ$", r"$dW = dZ\,X^T$", ("C15", "A6")),
    Line("Backward", "biases", r"$db = \sum_i dZ_i$, over the rows",
        r"$db = \sum_i dZ_i$, over the columns", ("C16", "A7")),
    Line("Backward", "input", r"$dX = dZ\,W^T$", r"$dX = W^T dZ$", ("C17", "A8")),
    Line("Backward", "activation", r"$dZ = dA \odot g'(Z)$", "", ("A5", "B5")),
    Line("Backward", "ReLU", r"$dZ = dA$ where $Z > 0$, else 0", "", ("C13", "C14")),
    Line("Backward", "softmax", r"$dZ_i = P_i \odot (dP_i - \sum_k dP_{ik} P_{ik})$", "",
        ("A5", "B6")),
    Line("Backward", "a value used twice", "its gradients add", "", ("C26",)),
    Line("Batch norm", "forward", r"$\hat X = (X - \mu) / s$, $s = \sqrt{\sigma^2 + \varepsilon}$,"
        r" $H = \gamma \odot \hat X + \beta$", "", ("C4", "C6")),
    Line("Batch norm", r"$\gamma$ and $\beta$", r"$d\gamma = \sum_i dH_i \odot \hat X_i$,"
        r" $d\beta = \sum_i dH_i$", "", ("C19",)),
    Line("Batch norm", "input, training", r"$dX = \frac{1}{s} (d\hat X - \operatorname{mean}(d\hat"
        r" X) - \hat X \odot \operatorname{mean}(d\hat X \odot \hat X))$,"
        r" $d\hat X = \gamma \odot dH$", "", ("C18",)),
    Line("Batch norm", "input, evaluation", r"$dX = d\hat X / s$", "", ("C18",)),
    Line("Dropout", "forward", r"$H = A \odot M$, $M$ is 0 with the chance drop_prob, else"
        r" $1 / (1 - \mathrm{drop\_prob})$", "", ("C7",)),
    Line("Dropout", "backward", r"$dA = dH \odot M$, the same $M$", "", ("C20",)),
    Line("Updates", "gradient descent", r"$\theta \leftarrow \theta - \eta\,g$", "", ("C22",)),
    Line("Updates", "Adam", r"$m \leftarrow \beta_1 m + (1 - \beta_1) g$,"
        r" $v \leftarrow \beta_2 v + (1 - \beta_2) g^2$,"
        r" $\hat m = m / (1 - \beta_1^t)$, $\hat v = v / (1 - \beta_2^t)$,"
        r" $\theta \leftarrow \theta - \eta\,\hat m / (\sqrt{\hat v} + \varepsilon)$", "",
        ("C23",)),
)  # fmt: skip


class Card:
    """The card, as a notebook shows it."""

    def _repr_markdown_(self):
        lines = ["| | | Examples in rows | Examples in columns | Proof |", "|:--|:--|:--|:--|:--|"]
        before = None
        for line in CARD:
            part = "" if line.part == before else f"**{line.part}**"
            columns, proof = line.columns or "the same", ", ".join(line.proof)
            lines.append(f"| {part} | {line.name} | {line.rows} | {columns} | {proof} |")
            before = line.part
        return "\n".join(lines)

    def __repr__(self):
        return "\n".join(
            f"{line.part}, {plain(line.name)}: {plain(line.rows)}"
            + (f"; in columns {plain(line.columns)}" if line.columns else "")
            for line in CARD
        )


def card():
    """Return the card of all that is right."""
    return Card()

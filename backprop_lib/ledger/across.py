"""Where the notes clash: each formula is right at home, and wrong among the others."""

from backprop_lib.ledger import check_across
from backprop_lib.ledger.row import Row

ACROSS = (
    Row("X1", "backward", "rows and columns", "clash",
        says="Notes A and B have examples in columns, note C in rows.",
        correction=r"$dW_{\text{col}} = dW_{\text{row}}^T$, and so for X, W, Z and their"
        " gradients; b turns from a row into a column.",
        why="Both are right. Mixed, the shapes refuse, or fit by chance.",
        check=check_across.transposed),
    Row("X2", "backward", "columns, mean", "clash",
        says=r"$dZ = A - Y$ from note B in $dW = dZ\,A^T$ from note A",
        correction=r"$dW = \frac{1}{m} dZ\,A^T$",
        why="Neither brings the mean's 1/m: dW points the right way and is m times too long.",
        check=check_across.sheet_into_overview),
    Row("X3", "backward", "columns, mean", "clash",
        says=r"$dZ = \frac{1}{m} (A - Y)$ in $dW = \frac{1}{m} dZ\,A^T$ from note B",
        correction=r"$dW = dZ\,A^T$",
        why="1/m comes twice: dW is m times too short.",
        check=check_across.mean_into_sheet),
    Row("X4", "words", "", "clash",
        says=r"$\cdot$ means ⊙ and the matrix product, $\ast$ means ⊙; i counts layers, then"
        " classes; “error” is the loss, dZ, or a gradient.",
        correction="⊙ is element-wise, side by side or @ is the matrix product; l counts layers, i"
        " examples, k classes; “loss” is the number and “gradient” what flows back.",
        why="One sign for one thing."),
)  # fmt: skip

"""Note A, the overview: examples in columns, and 1/m nowhere."""

from backprop_lib.ledger import check_a
from backprop_lib.ledger.row import Row

NOTE_A = (
    Row("A1", "words", "", "half right",
        says="Backpropagation updates the weights.",
        correction="Backpropagation computes the gradients; an optimizer updates the weights.",
        why="The same gradients serve plain descent, momentum and Adam."),
    Row("A2", "forward", "columns", "right",
        says=r"$Z_i = W_i A_{i-1} + b_i$",
        why="b is a column, (q, 1). A b of one axis, (q,), is added along the wrong axis where"
        " n = q, without a word.",
        translated=r"$Z = XW + b$",
        check=check_a.forward),
    Row("A3", "forward", "either", "half right",
        says=r"$A_i = f(Z_i)$",
        correction=r"$A_i = f(Z_i)$ entry by entry where f is element-wise; softmax takes each"
        " example whole.",
        why="Softmax divides by a sum over the classes, so no entry can be computed alone.",
        check=check_a.activation),
    Row("A4", "backward", "columns, sum", "half right",
        says=r"$dA_i = \partial E_{\text{tot}} / \partial A_i$",
        correction=r"$dA_i = \partial E / \partial A_i$, with $E = \frac{1}{n} \sum_j E_j$, the"
        " mean over the examples.",
        why="Sum and mean differ by the factor n, and every gradient below inherits it.",
        check=check_a.total),
    Row("A5", "backward", "either", "wrong",
        says=r"$dZ_i = dA_i \cdot f'(Z_i)$",
        correction=r"$dZ_i = dA_i \odot f'(Z_i)$; for softmax, with $s = f(Z_i)$ and the sum over"
        r" the classes, $dZ_i = s \odot (dA_i - \sum_k dA_k s_k)$",
        why="The note's dot is its matrix product too. An element-wise f has a diagonal Jacobian,"
        " and to multiply by a diagonal is ⊙; softmax's Jacobian is full.",
        check=check_a.through_activation),
    Row("A6", "backward", "columns, sum", "right",
        says=r"$dW_i = dZ_i A_{i-1}^T$",
        why="For a summed loss, or with the 1/n of a mean inside dZ. With 1/n nowhere it is n"
        " times too long for a mean.",
        translated=r"$dW = X^T dZ$",
        check=check_a.weights),
    Row("A7", "backward", "columns, one example", "half right",
        says=r"$db_i = dZ_i$",
        correction=r"$db_i = \sum_j dZ_i^{(j)}$, over the examples j, kept as a column.",
        why="One b serves every example, so every example adds its part.",
        translated=r"$db = \sum_i dZ_i$, over the rows.",
        check=check_a.biases),
    Row("A8", "backward", "columns", "right",
        says=r"$dX_i = W_i^T dZ_i$",
        why="Where W is square it fits without the transpose too, and is wrong.",
        translated=r"$dX = dZ\,W^T$",
        check=check_a.inputs),
    Row("A9", "backward", "either", "right",
        says=r"$dX_i = dA_{i-1}$",
        why="Two names of one thing: what goes into layer i came out of layer i − 1."),
    Row("A10", "words", "", "misleading",
        says="Backpropagation propagates the error (the loss) backwards.",
        correction="Backpropagation propagates gradients backwards.",
        why="The loss is one number and stays where it is; its gradient with respect to each"
        " value flows back."),
    Row("A11", "updates", "either", "half right",
        says="Repeat layer by layer, adjusting the weights.",
        correction="Repeat layer by layer until every gradient is there; then adjust all weights.",
        why="dX needs the W that went forward. A W that was stepped first gives another dX.",
        check=check_a.update_while_going_back),
    Row("A12", "words", "", "right",
        says="Backpropagation is efficient.",
        why="Give the figure: it needs one pass forward and one back, where central differences"
        " need two passes for each parameter.",
        check=check_a.nudging_instead),
)  # fmt: skip

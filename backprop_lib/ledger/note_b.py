"""Note B, the formula sheet: examples in columns, and 1/m in dW and db."""

from backprop_lib.ledger import check_b
from backprop_lib.ledger.row import Row

NOTE_B = (
    Row("B1", "words", "columns", "half right",
        says=r"The notation: $Z^{[l]}, A^{[l]}, W^{[l]}, b^{[l]}, Y, g^{[l]}, m$",
        correction=r"With it belong $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$,"
        r" $A^{[l]} = g^{[l]}(Z^{[l]})$ and the loss J.",
        why="Without a forward formula and a loss no gradient has a meaning.",
        translated=r"$Z^{[l]} = A^{[l-1]} W^{[l]} + b^{[l]}$"),
    Row("B2", "losses", "either", "half right",
        says=r"$dZ^{[L]} = A^{[L]} - Y$",
        correction=r"$m \, \partial J / \partial Z^{[L]} = A^{[L]} - Y$ for softmax with"
        " cross-entropy, sigmoid with binary cross-entropy, identity with half the squared error.",
        why="Only in these pairs does the output's slope cancel against the loss's. And it is m"
        " times the gradient of the mean, because 1/m follows in dW and db.",
        translated=r"$dZ = (P - Y) / n$",
        check=check_b.output_minus_target),
    Row("B3", "backward", "columns, mean", "right",
        says=r"$dW^{[L]} = \frac{1}{m} dZ^{[L]} A^{[L-1]^T}$",
        why="With the dZ of B2. A dZ that already holds 1/m gets it twice.",
        translated=r"$dW = X^T dZ$, with 1/n inside dZ.",
        check=check_b.last_weights),
    Row("B4", "backward", "columns, mean", "right",
        says=r"$db^{[L]} = \frac{1}{m} \sum dZ^{[L]}$",
        why="The sum goes over the examples, axis 1 here, and keeps its axis. Over everything it"
        " is 0 under softmax, because each example's dZ sums to 0.",
        translated=r"$db = \sum_i dZ_i$, over the rows, with 1/n inside dZ.",
        check=check_b.last_biases),
    Row("B5", "backward", "columns", "right",
        says=r"$dZ^{[L-1]} = W^{[L]^T} dZ^{[L]} \ast g'(Z^{[L-1]})$",
        why="g′ is taken at Z, not at A.",
        translated=r"$dZ^{[L-1]} = dZ^{[L]} W^{[L]^T} \odot g'(Z^{[L-1]})$",
        check=check_b.one_layer_down),
    Row("B6", "backward", "either", "missing",
        says="Why element-wise multiplication? (a link to a page that was never written)",
        correction=r"An element-wise g has the Jacobian $J = \operatorname{diag}(g'(z))$, so"
        r" $J^T v = g'(z) \odot v$.",
        why="Each output depends on its own input alone, so all else in J is 0. Softmax's J is"
        " full, and there ⊙ fails.",
        check=check_b.why_element_wise),
    Row("B7", "backward", "columns", "right",
        says=r"$dZ^{[l]} = W^{[l+1]^T} dZ^{[l+1]} \ast g'^{[l]}(Z^{[l]})$",
        why="For element-wise g. The recursion starts from B2.",
        translated=r"$dZ^{[l]} = dZ^{[l+1]} W^{[l+1]^T} \odot g'^{[l]}(Z^{[l]})$",
        check=check_b.every_value),
    Row("B8", "backward", "columns, mean", "right",
        says=r"$dW^{[l]} = \frac{1}{m} dZ^{[l]} A^{[l-1]^T}$",
        why=r"Down to the first layer, where $A^{[0]} = X$; the note does not say so.",
        translated=r"$dW^{[l]} = A^{[l-1]^T} dZ^{[l]}$, with 1/n inside dZ.",
        check=check_b.every_weight),
    Row("B9", "backward", "columns, mean", "right",
        says=r"$db^{[l]} = \frac{1}{m} \sum dZ^{[l]}$",
        why="Over the examples, keeping the axis.",
        translated=r"$db^{[l]} = \sum_i dZ_i^{[l]}$, over the rows, with 1/n inside dZ.",
        check=check_b.every_bias),
    Row("B10", "words", "", "misleading",
        says=r"$\ast$ is element-wise and is applied layer-wise.",
        correction=r"$\odot$ is element-wise; it is applied to each unit of each example.",
        why=r"$\ast$ reads as convolution."),
    Row("B11", "words", "columns", "misleading",
        says="The transpose is there so that the dimensions match.",
        correction=r"The transpose is the adjoint: $(Wa) \cdot z = a \cdot (W^T z)$; backward"
        " it weighs each output's gradient by the weight that carried the input there.",
        why="A square W matches without it, and is wrong.",
        check=check_b.adjoint),
    Row("B12", "words", "", "misleading",
        says="The backward pass measures how far the output deviates.",
        correction="It measures how the loss changes with each value.",
        why="The two agree for B2's pairs only. A sigmoid that is wrong and sure has a large"
        " deviation, and under the squared error hardly a gradient.",
        check=check_b.deviation),
    Row("B13", "backward", "either", "right",
        says="g′ controls how much flows back.",
        why="The consequence: σ′ is at most 1/4, so ten sigmoids let through at most a millionth.",
        check=check_b.slope_bounds_the_flow),
)  # fmt: skip

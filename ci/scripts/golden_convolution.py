"""Convolutions, transposed convolutions, and patches as columns."""

from golden_format import empty, rnd

# name: (arguments, x, weight, bias or None)
CONVOLUTIONS = {
    "conv1d": ("", (2, 3, 6), (2, 3, 3), (2,)),
    "conv1d-nobias": ("", (2, 2, 5), (3, 2, 2), None),
    "conv1d-stride-padding": ("stride=2, padding=1", (2, 2, 7), (3, 2, 3), (3,)),
    "conv1d-dilation": ("dilation=2, padding=3", (1, 2, 7), (2, 2, 3), (2,)),
    "conv1d-groups": ("groups=2", (2, 4, 5), (4, 2, 2), (4,)),
    "conv1d-depthwise": ("groups=3, padding=1", (2, 3, 6), (3, 1, 3), (3,)),
    "conv1d-unbatched": ("padding=1", (2, 6), (3, 2, 3), (3,)),
    "conv1d-pointwise": ("", (2, 3, 5), (4, 3, 1), (4,)),
    "conv1d-same": ("padding='same'", (2, 2, 5), (2, 2, 4), (2,)),
    "conv1d-valid": ("padding='valid'", (1, 2, 5), (2, 2, 2), None),
    "conv1d-none": ("", (0, 2, 5), (2, 2, 2), (2,)),
    "conv2d": ("", (1, 2, 5, 5), (2, 2, 3, 3), (2,)),
    "conv2d-nobias": ("", (2, 1, 4, 5), (2, 1, 2, 3), None),
    "conv2d-padding": ("padding=1", (1, 2, 4, 4), (3, 2, 3, 3), (3,)),
    "conv2d-paddings": ("padding=(0, 2)", (1, 2, 4, 3), (2, 2, 2, 3), (2,)),
    "conv2d-stride": ("stride=2, padding=1", (1, 2, 5, 5), (3, 2, 3, 3), (3,)),
    "conv2d-strides": ("stride=(3, 2), padding=(1, 2)", (1, 1, 7, 7), (4, 1, 3, 4), (4,)),
    "conv2d-stride-over": ("stride=3", (2, 1, 5, 5), (2, 1, 1, 2), (2,)),
    "conv2d-dilation": ("dilation=2, padding=2", (1, 2, 5, 5), (2, 2, 3, 3), (2,)),
    "conv2d-dilation-stride": ("dilation=(1, 3), stride=2, padding=2", (1, 2, 5, 6),
                               (2, 2, 3, 3), (2,)),
    "conv2d-groups": ("groups=2, padding=1", (1, 4, 4, 3), (4, 2, 3, 2), (4,)),
    "conv2d-depthwise": ("groups=3, padding=1", (1, 3, 4, 5), (3, 1, 3, 3), (3,)),
    "conv2d-depthwise-several": ("groups=2", (1, 2, 4, 4), (6, 1, 2, 2), (6,)),
    "conv2d-depthwise-stride": ("groups=2, stride=2, padding=1", (1, 2, 5, 5), (2, 1, 3, 3), (2,)),
    "conv2d-unbatched": ("padding=1", (2, 4, 4), (2, 2, 3, 3), (2,)),
    "conv2d-pointwise": ("", (2, 3, 2, 3), (4, 3, 1, 1), (4,)),
    "conv2d-pointwise-stride": ("stride=2", (2, 2, 3, 4), (3, 2, 1, 1), (3,)),
    "conv2d-pointwise-padding": ("padding=1", (1, 2, 2, 3), (2, 2, 1, 1), (2,)),
    "conv2d-whole": ("", (3, 2, 3, 3), (3, 2, 3, 3), (3,)),
    "conv2d-wide-padding": ("padding=3", (1, 1, 3, 2), (1, 1, 2, 3), (1,)),
    "conv2d-same": ("padding='same'", (1, 2, 4, 5), (2, 2, 2, 3), (2,)),
    "conv2d-same-dilation": ("padding='same', dilation=(3, 2)", (1, 1, 5, 6), (2, 1, 2, 3), (2,)),
    "conv2d-none": ("padding=1", (0, 2, 4, 4), (2, 2, 3, 3), (2,)),
    "conv3d": ("", (1, 2, 3, 3, 3), (2, 2, 2, 2, 2), (2,)),
    "conv3d-padding": ("padding=1", (1, 1, 2, 3, 2), (2, 1, 3, 2, 3), (2,)),
    "conv3d-stride": ("stride=(1, 2, 2), padding=(1, 0, 1)", (1, 1, 3, 4, 5), (2, 1, 2, 3, 3),
                      (2,)),
    "conv3d-dilation": ("dilation=(2, 1, 2), padding=1", (1, 1, 3, 3, 4), (2, 1, 2, 2, 3), (2,)),
    "conv3d-groups": ("groups=2", (1, 4, 2, 3, 2), (2, 2, 2, 2, 2), None),
    "conv3d-depthwise": ("groups=2, padding=1", (1, 2, 2, 3, 3), (2, 1, 3, 3, 3), (2,)),
    "conv3d-unbatched": ("", (2, 3, 2, 3), (2, 2, 2, 2, 2), (2,)),
    "conv3d-same": ("padding='same'", (1, 1, 3, 2, 3), (2, 1, 2, 3, 2), None),
    "convTranspose1d": ("", (2, 3, 4), (3, 2, 3), (2,)),
    "convTranspose1d-stride": ("stride=2, padding=1, output_padding=1", (2, 2, 4), (2, 3, 3), (3,)),
    "convTranspose1d-groups": ("groups=2, stride=3", (1, 4, 3), (4, 2, 2), (4,)),
    "convTranspose1d-unbatched": ("dilation=2", (2, 4), (2, 2, 3), None),
    "convTranspose2d": ("", (1, 2, 3, 3), (2, 2, 3, 3), (2,)),
    "convTranspose2d-padding": ("padding=1", (1, 3, 3, 4), (3, 2, 3, 3), (2,)),
    "convTranspose2d-wide-padding": ("padding=2", (1, 2, 4, 4), (2, 2, 2, 3), (2,)),
    "convTranspose2d-stride": ("stride=2", (1, 2, 3, 3), (2, 1, 2, 3), (1,)),
    "convTranspose2d-output": ("stride=(2, 3), padding=1, output_padding=(1, 2)", (1, 2, 2, 2),
                               (2, 1, 3, 3), (1,)),
    "convTranspose2d-dilation": ("dilation=2, stride=2, padding=1, output_padding=1",
                                 (1, 1, 2, 3), (1, 1, 2, 2), (1,)),
    "convTranspose2d-groups": ("groups=2, stride=2", (1, 4, 2, 2), (4, 1, 2, 2), (2,)),
    "convTranspose2d-depthwise": ("groups=2, stride=2, padding=1", (1, 2, 3, 3), (2, 1, 3, 3),
                                  None),
    "convTranspose2d-unbatched": ("", (2, 3, 3), (2, 2, 2, 2), (2,)),
    "convTranspose2d-pointwise": ("", (2, 2, 2, 3), (2, 3, 1, 1), (3,)),
    "convTranspose2d-none": ("stride=2", (0, 2, 3, 3), (2, 2, 2, 2), (2,)),
    "convTranspose3d": ("", (1, 2, 2, 2, 2), (2, 2, 2, 2, 2), (2,)),
    "convTranspose3d-stride": ("stride=2, padding=1, output_padding=1", (1, 1, 2, 2, 2),
                               (1, 1, 3, 3, 3), (1,)),
    "convTranspose3d-groups": ("groups=2, stride=(1, 2, 1)", (1, 2, 2, 2, 1), (2, 1, 1, 2, 2),
                               (2,)),
}

COLUMNS = {
    "im2col": ("F.unfold(a, 2)", (1, 2, 3, 4)),
    "im2col-options": ("F.unfold(a, (2, 3), dilation=(2, 1), padding=(1, 0), stride=2)",
                       (1, 1, 5, 6)),
    "im2col-unbatched": ("F.unfold(a, (1, 2), padding=1)", (2, 3, 2)),
    "im2col-none": ("F.unfold(a, 2)", (0, 2, 3, 3)),
    "col2im": ("F.fold(a, (3, 4), 2)", (1, 8, 6)),
    "col2im-options": ("F.fold(a, (5, 6), (2, 3), dilation=(2, 1), padding=(1, 0), stride=2)",
                       (1, 6, 6)),
    "col2im-unbatched": ("F.fold(a, (3, 3), (2, 2))", (4, 4)),
}


def build(suite):
    for name, (arguments, x, weight, bias) in CONVOLUTIONS.items():
        op = name.split("-")[0]
        torch_name = op.replace("convT", "conv_t")
        operands = dict(a=empty(*x) if 0 in x else rnd(*x), w=rnd(*weight))
        if bias:
            operands["b"] = rnd(*bias)
        call = ", ".join([*operands, *([] if bias else ["None"]), *([arguments] if arguments else [])])
        suite.case(op, name, f"F.{torch_name}({call})", **operands)
    for name, (expr, shape) in COLUMNS.items():
        op = name.split("-")[0]
        suite.case(op, name, expr, a=empty(*shape) if 0 in shape else rnd(*shape))

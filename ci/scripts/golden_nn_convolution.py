"""Layers of convolutions."""

from golden_format import rnd

LAYERS = {
    "Conv1d": ("nn.Conv1d(2, 3, 3)", (2, 2, 5)),
    "Conv1d-options": ("nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False)", (1, 4, 7)),
    "Conv1d-circular": ("nn.Conv1d(2, 2, 3, padding=2, padding_mode='circular')", (2, 2, 5)),
    "Conv1d-unbatched": ("nn.Conv1d(2, 3, 2)", (2, 5)),
    "Conv2d": ("nn.Conv2d(2, 3, 3)", (2, 2, 4, 4)),
    "Conv2d-stride": ("nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0))", (1, 2, 5, 4)),
    "Conv2d-groups": ("nn.Conv2d(4, 4, 2, groups=2, dilation=2)", (1, 4, 4, 4)),
    "Conv2d-depthwise": ("nn.Conv2d(3, 6, 3, groups=3, padding=1, bias=False)", (1, 3, 3, 4)),
    "Conv2d-same": ("nn.Conv2d(2, 2, (2, 3), padding='same', dilation=2)", (1, 2, 4, 5)),
    "Conv2d-valid": ("nn.Conv2d(2, 2, 2, padding='valid')", (1, 2, 3, 3)),
    "Conv2d-reflect": ("nn.Conv2d(1, 2, 3, padding=(1, 2), padding_mode='reflect')", (2, 1, 3, 4)),
    "Conv2d-replicate": ("nn.Conv2d(2, 2, 3, padding=1, stride=2, padding_mode='replicate')", (1, 2, 4, 5)),
    "Conv2d-circular": ("nn.Conv2d(1, 2, 3, padding=1, padding_mode='circular')", (1, 1, 3, 4)),
    "Conv2d-reflect-same": ("nn.Conv2d(1, 2, (2, 4), padding='same', padding_mode='reflect')", (1, 1, 3, 5)),
    "Conv3d": ("nn.Conv3d(2, 2, 2, padding=1)", (1, 2, 2, 2, 3)),
    "Conv3d-options": ("nn.Conv3d(2, 2, (1, 2, 3), stride=(1, 2, 1), groups=2, bias=False)", (1, 2, 2, 3, 4)),
    "ConvTranspose1d": ("nn.ConvTranspose1d(3, 2, 3, stride=2, padding=1, output_padding=1)", (2, 3, 4)),
    "ConvTranspose2d": ("nn.ConvTranspose2d(2, 3, 3)", (1, 2, 2, 3)),
    "ConvTranspose2d-options": ("nn.ConvTranspose2d(4, 2, 2, stride=2, groups=2, dilation=(1, 2), output_padding=(1, 0), bias=False)", (1, 4, 2, 2)),
    "ConvTranspose2d-size": ("nn.ConvTranspose2d(2, 2, 3, stride=2, padding=1)", (1, 2, 2, 3)),
    "ConvTranspose3d": ("nn.ConvTranspose3d(2, 2, 2, stride=(1, 2, 1), padding=(0, 1, 0))", (1, 2, 2, 2, 2)),
    "Unfold": ("nn.Unfold(2)", (1, 2, 3, 3)),
    "Unfold-options": ("nn.Unfold((2, 3), dilation=(2, 1), padding=1, stride=2)", (1, 1, 5, 6)),
    "Fold": ("nn.Fold((3, 4), 2)", (1, 8, 6)),
    "Fold-options": ("nn.Fold(5, (2, 3), dilation=(2, 1), padding=1, stride=(2, 2))", (1, 6, 9)),
}


def build(suite):
    for name, (expr, shape) in LAYERS.items():
        call = "m(x, output_size=(4, 6))" if name.endswith("-size") else "m(x)"
        suite.module("convolution", name, expr, call=call, x=rnd(*shape))

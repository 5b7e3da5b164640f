"""Losses beyond the first five, and distances."""

from golden_format import empty, ints, rnd, vals

SIGNS = vals([[1.0, -1.0, 1.0], [-1.0, 1.0, -1.0]])
BITS = vals([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
PAIR = dict(x=rnd(2, 3), target=rnd(2, 3, shift=0.005))
CHANCE = dict(x=rnd(2, 3, lo=0.05, hi=0.95), target=rnd(2, 3, lo=0, hi=1))
NORMAL = dict(PAIR, variance=rnd(2, 3, lo=0.1))
THREE = dict(a=rnd(4, 3), b=rnd(4, 3, shift=0.003), c=rnd(4, 3, shift=0.006))
TWO = dict(a=rnd(4, 3), b=rnd(4, 3, shift=0.003), target=vals([1.0, -1.0, -1.0, 1.0]))
SCORES = dict(x=rnd(4, 3), target=ints([2, 0, 1, 0]))
# No two scores of a row differ by a whole margin.
MARGINS = dict(SCORES, x=vals([[0.313, -1.07, 0.55], [1.21, 0.847, -0.4], [-0.613, 0.22, 0.91],
                               [0.11, 0.67, -1.433]]))
WEIGHT = vals([0.5, 2.0, 1.25])

# Name: loss, its arguments, call, inputs.
LOSSES = {
    "SmoothL1Loss": ("SmoothL1Loss", "", "(x, target)", PAIR),
    "SmoothL1Loss-beta": ("SmoothL1Loss", "beta=0.25", "(x, target)", PAIR),
    "SmoothL1Loss-zero": ("SmoothL1Loss", "beta=0", "(x, target)", PAIR),
    "HuberLoss": ("HuberLoss", "", "(x, target)", PAIR),
    "HuberLoss-delta": ("HuberLoss", "delta=0.5", "(x, target)", PAIR),
    "BCELoss": ("BCELoss", "", "(x, target)", CHANCE),
    "BCELoss-weight": ("BCELoss", "weight=weight", "(x, target)", dict(CHANCE, weight=WEIGHT)),
    "KLDivLoss": ("KLDivLoss", "", "(x, target)", CHANCE),
    "KLDivLoss-logTarget": ("KLDivLoss", "log_target=True", "(x, target)", PAIR),
    "PoissonNLLLoss": ("PoissonNLLLoss", "", "(x, target)", PAIR),
    "PoissonNLLLoss-rate": ("PoissonNLLLoss", "log_input=False", "(x, target)", CHANCE),
    "PoissonNLLLoss-eps": ("PoissonNLLLoss", "log_input=False, eps=0.5", "(x, target)", CHANCE),
    "PoissonNLLLoss-full": ("PoissonNLLLoss", "full=True", "(x, target)",
                            dict(x=rnd(2, 3), target=vals([[0.0, 1.0, 2.0], [3.0, 7.0, 1.5]]))),
    "GaussianNLLLoss": ("GaussianNLLLoss", "", "(x, target, variance)", NORMAL),
    "GaussianNLLLoss-full": ("GaussianNLLLoss", "full=True", "(x, target, variance)", NORMAL),
    "GaussianNLLLoss-eps": ("GaussianNLLLoss", "eps=0.75", "(x, target, variance)", NORMAL),
    "GaussianNLLLoss-rows": ("GaussianNLLLoss", "", "(x, target, variance)",
                             dict(PAIR, variance=rnd(2, lo=0.1))),
    "GaussianNLLLoss-column": ("GaussianNLLLoss", "", "(x, target, variance)",
                               dict(PAIR, variance=rnd(2, 1, lo=0.1))),
    "HingeEmbeddingLoss": ("HingeEmbeddingLoss", "", "(x, target)", dict(PAIR, target=SIGNS)),
    "HingeEmbeddingLoss-margin": ("HingeEmbeddingLoss", "margin=0.335", "(x, target)",
                                  dict(PAIR, target=SIGNS)),
    "SoftMarginLoss": ("SoftMarginLoss", "", "(x, target)", dict(PAIR, target=SIGNS)),
    "MultiLabelSoftMarginLoss": ("MultiLabelSoftMarginLoss", "", "(x, target)",
                                 dict(PAIR, target=BITS)),
    "MultiLabelSoftMarginLoss-weight": ("MultiLabelSoftMarginLoss", "weight=weight",
                                        "(x, target)", dict(PAIR, target=BITS, weight=WEIGHT)),
    "MultiLabelSoftMarginLoss-row": ("MultiLabelSoftMarginLoss", "", "(x, target)",
                                     dict(x=rnd(3), target=vals([1.0, 0.0, 0.0]))),
    "MultiLabelMarginLoss": ("MultiLabelMarginLoss", "", "(x, target)",
                             dict(x=rnd(3, 4, lo=-1, hi=1, gap=0.01),
                                  target=ints([[3, 0, -1, 1], [-1, 2, 1, 0], [1, 2, 0, 3]]))),
    "MultiLabelMarginLoss-row": ("MultiLabelMarginLoss", "", "(x, target)",
                                 dict(x=rnd(4, lo=-1, hi=1), target=ints([1, -1, 2, 0]))),
    "MarginRankingLoss": ("MarginRankingLoss", "", "(a, b, target)",
                          dict(a=rnd(2, 3), b=rnd(2, 3, shift=0.003), target=SIGNS)),
    "MarginRankingLoss-margin": ("MarginRankingLoss", "margin=0.5", "(a, b, target)",
                                 dict(a=rnd(2, 3), b=rnd(2, 3, shift=0.003), target=SIGNS)),
    "TripletMarginLoss": ("TripletMarginLoss", "", "(a, b, c)", THREE),
    "TripletMarginLoss-swap": ("TripletMarginLoss", "margin=2.5, swap=True", "(a, b, c)", THREE),
    "TripletMarginLoss-p": ("TripletMarginLoss", "p=1, eps=0.01", "(a, b, c)", THREE),
    "TripletMarginLoss-row": ("TripletMarginLoss", "margin=3", "(a, b, c)",
                              dict(a=rnd(3), b=rnd(3), c=rnd(3))),
    "TripletMarginWithDistanceLoss": ("TripletMarginWithDistanceLoss", "", "(a, b, c)", THREE),
    "TripletMarginWithDistanceLoss-given": (
        "TripletMarginWithDistanceLoss",
        "distance_function=lambda a, b: 1 - F.cosine_similarity(a, b), margin=0.7, swap=True",
        "(a, b, c)", THREE),
    "CosineEmbeddingLoss": ("CosineEmbeddingLoss", "", "(a, b, target)", TWO),
    "CosineEmbeddingLoss-margin": ("CosineEmbeddingLoss", "margin=-0.5", "(a, b, target)", TWO),
    "CosineEmbeddingLoss-row": ("CosineEmbeddingLoss", "margin=-0.9", "(a, b, target)",
                                dict(a=rnd(3), b=rnd(3), target=vals(-1.0))),
    "MultiMarginLoss": ("MultiMarginLoss", "", "(x, target)", MARGINS),
    "MultiMarginLoss-square": ("MultiMarginLoss", "p=2, margin=0.515", "(x, target)", MARGINS),
    "MultiMarginLoss-weight": ("MultiMarginLoss", "p=2, weight=weight", "(x, target)",
                               dict(MARGINS, weight=WEIGHT)),
    "MultiMarginLoss-row": ("MultiMarginLoss", "", "(x, target)",
                            dict(x=rnd(3), target=ints(1))),
}
SHARES = vals([[0.2, 0.5, 0.3], [1.0, 0.0, 0.0]])
PICTURE = dict(x=rnd(2, 3, 2, 2), target=ints([[[0, 1], [2, 1]], [[1, 0], [2, 2]]]), weight=WEIGHT)
CLASSES = {
    "CrossEntropyLoss-picture": ("CrossEntropyLoss", PICTURE,
                                 "weight=weight, ignore_index=1, label_smoothing=0.1"),
    "CrossEntropyLoss-picture-plain": ("CrossEntropyLoss",
                                       {k: v for k, v in PICTURE.items() if k != "weight"}, ""),
    "CrossEntropyLoss-all": ("CrossEntropyLoss", dict(SCORES, weight=WEIGHT),
                             "weight=weight, ignore_index=1, label_smoothing=0.1"),
    "CrossEntropyLoss-shares": ("CrossEntropyLoss", dict(x=rnd(2, 3), target=SHARES), ""),
    "CrossEntropyLoss-shares-all": ("CrossEntropyLoss",
                                    dict(x=rnd(2, 3), target=SHARES, weight=WEIGHT),
                                    "weight=weight, label_smoothing=0.2"),
    "CrossEntropyLoss-shares-picture": ("CrossEntropyLoss",
                                        dict(x=rnd(1, 3, 2), target=rnd(1, 3, 2, lo=0.1, hi=0.5)),
                                        ""),
    "CrossEntropyLoss-row": ("CrossEntropyLoss", dict(x=rnd(3), target=ints(1)), ""),
    "NLLLoss-picture": ("NLLLoss", PICTURE, "weight=weight, ignore_index=1"),
    "NLLLoss-row": ("NLLLoss", dict(x=rnd(3), target=ints(1)), ""),
}


def losses(suite):
    for name, (loss, arguments, call, inputs) in LOSSES.items():
        for reduction in ("none", "mean", "sum", "batchmean"):
            if reduction == "batchmean" and loss != "KLDivLoss":
                continue
            given = ", ".join(filter(None, [arguments, f"reduction='{reduction}'"]))
            # PyTorch 1.13 differentiates few of these by the target.
            suite.case("losses", f"{name}-{reduction}", f"torch.nn.{loss}({given}){call}",
                       constants=("weight", "target"), **inputs)
    for name, (loss, inputs, arguments) in CLASSES.items():
        for reduction in ("none", "mean", "sum"):
            given = ", ".join(filter(None, [arguments, f"reduction='{reduction}'"]))
            suite.case("losses", f"{name}-{reduction}", f"torch.nn.{loss}({given})(x, target)",
                       constants=("weight", "target"), **inputs)
    suite.case("losses", "KLDivLoss-zero", "torch.nn.KLDivLoss(reduction='none')(x, target)",
               constants=("target",), x=rnd(3), target=vals([0.0, 1.0, 0.25]))
    suite.case("losses", "KLDivLoss-target", "torch.nn.KLDivLoss(reduction='sum')(x, target)",
               **CHANCE)
    suite.case("losses", "BCELoss-target", "torch.nn.BCELoss(reduction='sum')(x, target)",
               **CHANCE)
    for loss in ("SmoothL1Loss", "HuberLoss", "BCELoss", "KLDivLoss", "PoissonNLLLoss",
                 "HingeEmbeddingLoss", "SoftMarginLoss"):
        for reduction in ("none", "mean", "sum"):
            suite.case("losses", f"{loss}-empty-{reduction}",
                       f"torch.nn.{loss}(reduction='{reduction}')(x, target)",
                       constants=("target",), x=empty(0, 3), target=empty(0, 3))


CTC = {
    "CTCLoss": ("", (6, 2, 4), [[1, 2, 2], [3, 1, 0]], (6, 5), (3, 2)),
    "CTCLoss-joined": ("", (5, 3, 4), [1, 2, 3, 3, 2], (5, 4, 5), (2, 0, 3)),
    "CTCLoss-blank": ("blank=2, ", (4, 2, 3), [[0, 1], [1, 1]], (4, 3), (2, 2)),
    "CTCLoss-infinite": ("", (2, 2, 3), [[1, 1], [1, 2]], (2, 2), (2, 2)),
    "CTCLoss-zeroInfinity": ("zero_infinity=True, ", (2, 2, 3), [[1, 1], [1, 2]], (2, 2), (2, 2)),
}


def ctc(suite):
    for name, (arguments, shape, targets, steps, labels) in CTC.items():
        for reduction in ("none", "mean", "sum"):
            suite.case("losses", f"{name}-{reduction}",
                       f"torch.nn.CTCLoss({arguments}reduction='{reduction}')"
                       f"(F.log_softmax(x, 2), target, {steps}, {labels})",
                       grad=name != "CTCLoss-infinite", x=rnd(*shape), target=ints(targets))
    for reduction in ("none", "mean", "sum"):
        suite.case("losses", f"CTCLoss-single-{reduction}",
                   f"torch.nn.CTCLoss(reduction='{reduction}')(F.log_softmax(x, 1), target, "
                   "torch.tensor(5), torch.tensor(2))",
                   x=rnd(5, 4), target=ints([3, 3]))


DISTANCES = {
    "cosineSimilarity": ("F.cosine_similarity(a, b)", dict(a=rnd(3, 4), b=rnd(3, 4))),
    "cosineSimilarity-dim": ("F.cosine_similarity(a, b, -2, 0.5)",
                             dict(a=rnd(3, 4, lo=-0.6, hi=0.6, gap=0.01), b=rnd(3, 4))),
    "cosineSimilarity-broadcast": ("F.cosine_similarity(a, b)", dict(a=rnd(3, 4), b=rnd(4))),
    "cosineSimilarity-broadcast-dim": ("F.cosine_similarity(a, b, 0)",
                                       dict(a=rnd(3, 4), b=rnd(4))),
    "cosineSimilarity-tiny": ("F.cosine_similarity(a, b)",
                              dict(a=vals([[1e-9, 0.0, 2e-9]]), b=rnd(1, 3))),
    "cosineSimilarity-zero": ("F.cosine_similarity(a, b)", dict(a=vals([[0.0, 0.0]]), b=rnd(1, 2))),
    "pairwiseDistance": ("F.pairwise_distance(a, b)", dict(a=rnd(3, 4), b=rnd(3, 4, shift=0.005))),
    "pairwiseDistance-p": ("F.pairwise_distance(a, b, 3, 0.01, True)",
                           dict(a=rnd(3, 4), b=rnd(3, 4, shift=0.005))),
    "pairwiseDistance-row": ("F.pairwise_distance(a, b)", dict(a=rnd(4), b=rnd(4, shift=0.005))),
    "pairwiseDistance-broadcast": ("F.pairwise_distance(a, b)",
                                   dict(a=rnd(3, 4), b=rnd(4, shift=0.005))),
    "pdist": ("F.pdist(a)", dict(a=rnd(4, 3))),
    "pdist-p": ("F.pdist(a, 3)", dict(a=rnd(4, 3))),
    "pdist-one": ("F.pdist(a, 1)", dict(a=rnd(4, 3))),
    "pdist-single": ("F.pdist(a)", dict(a=rnd(1, 3))),
    "normalize": ("F.normalize(a)", dict(a=rnd(3, 4))),
    "normalize-p": ("F.normalize(a, 3, 0)", dict(a=rnd(3, 4))),
    "normalize-zero": ("F.normalize(a)", dict(a=vals([[0.0, 0.0], [3.0, 4.0]]))),
    "normalize-empty": ("F.normalize(a)", dict(a=empty(0, 3))),
}


def build(suite):
    losses(suite)
    ctc(suite)
    for name, (expr, inputs) in DISTANCES.items():
        suite.case("distances", name, expr, **inputs)
    file = "bilinear"
    for name, arguments in {"": "2, 3, 4", "-nobias": "2, 3, 4, bias=False"}.items():
        suite.module(file, f"Bilinear{name}", f"nn.Bilinear({arguments})", "m(a, b)", a=rnd(5, 2),
                     b=rnd(5, 3))
    suite.module(file, "Bilinear-3d", "nn.Bilinear(2, 3, 4)", "m(a, b)", a=rnd(2, 2, 2),
                 b=rnd(2, 2, 3))
    suite.module(file, "Bilinear-empty", "nn.Bilinear(2, 3, 4)", "m(a, b)", a=empty(0, 2),
                 b=empty(0, 3))
    suite.module(file, "CosineSimilarity", "nn.CosineSimilarity()", "m(a, b)", a=rnd(3, 4),
                 b=rnd(3, 4))
    suite.module(file, "CosineSimilarity-dim", "nn.CosineSimilarity(dim=0, eps=0.01)", "m(a, b)",
                 a=rnd(3, 4), b=rnd(3, 4))
    suite.module(file, "PairwiseDistance", "nn.PairwiseDistance()", "m(a, b)", a=rnd(3, 4),
                 b=rnd(3, 4, shift=0.005))
    suite.module(file, "PairwiseDistance-p", "nn.PairwiseDistance(p=1, eps=0.001, keepdim=True)",
                 "m(a, b)", a=rnd(3, 4), b=rnd(3, 4, shift=0.005))
    suite.module(file, "Unflatten", "nn.Unflatten(1, (2, 3))", x=rnd(2, 6))
    suite.module(file, "Unflatten-guess", "nn.Unflatten(-1, (3, -1))", x=rnd(2, 6))
    suite.module(file, "Unflatten-one", "nn.Unflatten(0, (2,))", x=rnd(2, 3))

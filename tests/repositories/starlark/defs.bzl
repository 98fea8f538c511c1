"""Rules for carts."""

load("//money:defs.bzl", "cents", here = "there")
# <- reference call
#                         ^ import //money:defs.bzl: cents
#                         ^ reference import
#                                 ^ reference import
#                                         ^ import //money:defs.bzl: there as here
#                                         ^ reference import

LIMIT = 10
# <- definition variable
LOW, HIGH = 1, 2
# <- definition variable
#    ^ definition variable
CartInfo = provider(fields = ["lines"])
# <- definition variable
#          ^ reference call

def _impl(ctx, *args, name = None, **kwargs):
#   ^ definition function
#         ^ reference write
#               ^ reference write
#                     ^ reference write
#                                    ^ reference write
    total = ctx.attr.rate * LIMIT
    # <- reference write
    for line, count in kwargs.items():
    #   ^ reference write
    #         ^ reference write
    #                         ^ reference call
        total += cents(line)
        # <- reference write
        #        ^ reference call
    return [CartInfo(lines = [l for l in args]), native.glob(["*.txt"])]
    #       ^ reference call
    #                               ^ reference write
    #                                                   ^ reference call

cart = rule(
# <- definition variable
#      ^ reference call
    implementation = _impl,
    attrs = {"rate": attr.int(default = 1)},
    #                     ^ reference call
)

"""Items of its kind that a bug leaves alone: somebody who follows it has them right."""

# bug -> items
SILENT: dict[str, tuple[str, ...]] = {
    "carry-lost": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "carry-lost-everywhere": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "whole-sum-written": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "tens-written-units-carried": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "adds-left-to-right": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "carry-always": (
        "5+3",
        "2+3",
        "8+2+5",
    ),
    "carry-kept": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "carry-skips-a-column": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "adds-every-digit": (
        "5+3",
        "2+3",
        "8+2+5",
    ),
    "short-number-added-everywhere": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "aligned-left": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "plus-zero-is-zero": (
        "12+34",
        "20+30",
        "101+202",
    ),
    "subtracts-for-plus": ("0+7",),
    "joins-the-numbers": ("0+7",),
    "smaller-from-larger": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "zero-instead-of-borrow": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "top-instead-of-borrow": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "bottom-instead-of-borrow": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "zero-minus-n-is-n": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "zero-minus-n-is-zero": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "n-minus-zero-is-zero": (
        "58-23",
        "99-45",
        "800-300",
    ),
    "n-minus-n-is-n": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "quits-when-bottom-blank": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "stutter-subtract": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "one-less-over-blank": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "subtraction-aligned-left": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "short-number-taken-everywhere": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "adds-for-minus": ("7-0",),
    "borrow-no-decrement": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrow-across-zero": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrow-from-zero": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "stops-borrow-at-zero": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "zero-lends-as-ten": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrows-from-the-left-end": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrows-from-below": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrows-once-only": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "no-decrement-over-blank": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrow-skips-equal": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "one-lends-as-nine": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "borrow-into-one-is-ten": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "takes-one-without-need": (
        "9-4",
        "5-2",
        "7-0",
    ),
    "decrement-without-ten": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "ten-minus-the-lower": (
        "58-23",
        "99-45",
        "76-30",
    ),
    "product-carry-lost": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "zero-times-n-is-n": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "zero-times-n-is-n-carry-lost": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "carry-onto-zero-lost": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "carry-added-before-multiplying": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "whole-products-written": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "product-tens-written": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "carry-used-again": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "second-row-not-moved": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "place-value-shifted": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "digit-by-digit": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "units-row-only": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "inner-zero-dropped": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "end-zeros-dropped": (
        "33*1",
        "21*3",
        "12*4",
    ),
    "other-digits-copied": (
        "33*1",
        "11*11",
        "4*5",
    ),
    "remainder-dropped": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "remainder-as-decimal": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "remainder-too-large": ("0÷5",),
    "quotient-and-remainder-swapped": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "remainder-shrunk": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "rounded-up": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "zero-in-quotient-lost": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "zero-at-end-of-quotient-lost": (
        "84÷4",
        "8÷2",
        "9÷3",
    ),
    "larger-by-smaller": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "digits-divided-alone": (
        "84÷4",
        "60÷3",
        "100÷10",
    ),
    "quotient-written-from-the-right": (
        "8÷2",
        "9÷3",
        "0÷5",
    ),
    "quotient-shifted": (
        "8÷2",
        "9÷3",
        "0÷5",
    ),
    "multiplies-for-divide": (
        "0÷5",
        "5÷1",
    ),
    "subtracts-for-divide": ("0÷5",),
    "left-to-right": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "brackets-ignored": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "brackets-ignored-left-to-right": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "plus-and-minus-first": (
        "10-3-2",
        "8+2+5",
        "(2+3)+4",
    ),
    "plus-before-minus": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "times-before-divide": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "right-to-left": (
        "8+2+5",
        "(2+3)+4",
        "7-(2+1)",
    ),
    "pairs-first": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "distributes-to-the-first-only": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "minus-bracket-sign-kept": (
        "2*3+4",
        "10-3-2",
        "8+2+5",
    ),
    "power-as-product": ("2^2",),
    "power-as-sum": ("2^2",),
    "power-turned-round": (
        "2^2",
        "4^2",
    ),
    "units-ignored": ("1m+2m",),
    "units-ignored-minus": (
        "5h-2h",
        "4h10min-3h51min",
        "6h12min-1h37min",
    ),
    "conversion-turned-round": ("3m=?m",),
    "conversion-left-out": ("3m=?m",),
    "compound-joined": (
        "3m=?m",
        "7.5km=?m",
        "4.9km=?m",
    ),
    "compound-counted-as-hundred": (
        "3m=?m",
        "7.5km=?m",
        "4.9km=?m",
    ),
    "common-denominator-numerators-kept": (
        "1/5+2/5",
        "7/10+5/10",
    ),
    "common-denominator-numerators-kept-minus": (
        "3/7-1/7",
        "2/3-1/3",
    ),
    "one-numerator-scaled": (
        "1/5+2/5",
        "5/6+2/3",
        "7/10+5/10",
    ),
    "larger-denominator-kept": (
        "1/5+2/5",
        "7/10+5/10",
    ),
    "larger-denominator-kept-minus": (
        "3/7-1/7",
        "2/3-1/3",
    ),
    "fraction-divided-digitwise": ("2/12÷1/3",),
    "common-denominator-kept-in-quotient": (
        "2/12÷1/3",
        "9/10÷6/8",
        "2/3÷1/4",
    ),
    "mixed-numerators-smaller-from-larger": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "mixed-tops-and-bottoms-subtracted": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "mixed-borrows-ten": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "mixed-borrow-no-decrement": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "mixed-borrow-numerator-only-denominator": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "whole-minus-mixed-copies-fraction": (
        "5 3/4-2 1/4",
        "6 7/9-1 2/9",
        "5 2/3-1 2/3",
    ),
    "decimals-aligned-right": ("1.5+2.4",),
    "decimals-aligned-right-minus": ("3.7-1.2",),
    "decimal-parts-as-wholes": ("1.5+2.4",),
    "decimal-parts-as-wholes-minus": ("3.7-1.2",),
    "decimal-carry-lost": (
        "1.5+2.4",
        "4.25+1.5",
        "9.1+9.32",
    ),
    "decimal-smaller-from-larger": (
        "3.7-1.2",
        "8.7-4.70",
    ),
    "decimal-borrow-no-decrement": (
        "3.7-1.2",
        "8.7-4.70",
    ),
    "missing-place-copied": (
        "3.7-1.2",
        "8.7-4.70",
    ),
    "product-keeps-the-places-of-a-sum": (
        "4.2*10",
        "6.8*10",
        "8.3*10",
    ),
    "appends-zero": (
        "5.6*0.4",
        "0.1*0.1",
        "8.4*0.1",
    ),
    "both-sides-of-the-point-multiplied": (
        "5.6*0.4",
        "0.1*0.1",
        "8.4*0.1",
    ),
    "longer-decimal-is-larger": (
        "0.3○0.4",
        "0.25○0.25",
        "0.5○0.75",
    ),
    "decimal-part-as-whole-compared": (
        "0.3○0.4",
        "0.25○0.25",
        "0.5○0.75",
    ),
    "shorter-decimal-is-larger": (
        "0.3○0.4",
        "0.25○0.25",
        "3○5",
    ),
    "smaller-number-behind-the-point-is-larger": (
        "0.25○0.25",
        "3○5",
    ),
    "zero-behind-the-point-makes-small": (
        "0.3○0.4",
        "0.25○0.25",
        "0.5○0.75",
    ),
    "larger-denominator-is-larger": (
        "1/4○3/4",
        "2/5○2/5",
    ),
    "larger-numbers-are-larger": (
        "1/4○3/4",
        "2/5○2/5",
    ),
    "smaller-denominator-is-larger": (
        "1/4○3/4",
        "2/5○2/5",
    ),
    "smaller-gap-is-larger": (
        "1/4○3/4",
        "2/5○2/5",
    ),
    "minus-ignored-comparing": ("3○5",),
    "larger-minus-smaller": (
        "-5-16",
        "-3-11",
        "-20-17",
    ),
    "minus-a-negative-subtracted": (
        "-5-16",
        "-3-11",
        "-20-17",
    ),
    "two-minuses-make-plus": (
        "7-(-7)",
        "2-(-20)",
        "7-(-13)",
    ),
    "negative-minus-treated-as-difference": (
        "7-(-7)",
        "2-(-20)",
        "7-(-13)",
    ),
    "sum-takes-the-minus": ("-3+0",),
    "unit-step-10-plus": ("1m+2m",),
    "unit-step-100-plus": ("1m+2m",),
    "unit-step-1000-plus": (
        "1m+2m",
        "6km+100m",
        "2km+400m",
    ),
    "unit-step-60-plus": ("1m+2m",),
    "unit-step-10-minus": (
        "5h-2h",
        "7m-87cm",
        "4h10min-3h51min",
    ),
    "unit-step-100-minus": (
        "5h-2h",
        "8m-28cm",
        "8m-41cm",
    ),
    "unit-step-1000-minus": (
        "5h-2h",
        "4h10min-3h51min",
        "6h12min-1h37min",
    ),
    "unit-step-60-minus": (
        "5h-2h",
        "4h10min-3h51min",
        "6h12min-1h37min",
    ),
    "conversion-step-10": ("3m=?m",),
    "conversion-step-100": ("3m=?m",),
    "conversion-step-1000": (
        "3m=?m",
        "7.5km=?m",
        "4.9km=?m",
    ),
    "conversion-step-60": ("3m=?m",),
}

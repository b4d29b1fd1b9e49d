"""Where the bugs come from. A bug nobody is known to have studied says so."""

BUGGY = "Brown & Burton 1978, Diagnostic models for procedural bugs, Cognitive Science 2"
MIND_BUGS = "VanLehn 1990, Mind Bugs (list of subtraction bugs)"
YOUNG = "Young & O'Shea 1981, Errors in children's subtraction, Cognitive Science 5"
ASHLOCK = "Ashlock, Error Patterns in Computation"
COX = "Cox 1975, Systematic errors in the four vertical algorithms, JRME 6"
BUSWELL = "Buswell & John 1926, Diagnostic Studies in Arithmetic"
ROBERTS = (
    "Roberts 1968, The failure strategies of third grade arithmetic pupils, Arithmetic Teacher 15"
)
MA = "Ma 1999, Knowing and Teaching Elementary Mathematics"
HART = "Hart (ed.) 1981, Children's Understanding of Mathematics 11-16 (CSMS)"
TATSUOKA = "Tatsuoka 1983, Rule space, Journal of Educational Measurement 20"
KLEIN = "Klein, Birenbaum, Standiford & Tatsuoka 1981, Logical error analysis of fractions, CERL"
SIEGLER = (
    "Siegler, Thompson & Schneider 2011, An integrated theory of whole number and fractions, "
    "Cognitive Psychology 62"
)
PYKE = (
    "Siegler & Pyke 2013, Individual differences in understanding of fractions, "
    "Developmental Psychology 49"
)
NI = (
    "Ni & Zhou 2005, Teaching and learning fraction and rational numbers, Educational "
    "Psychologist 40"
)
BEHR = "Behr, Wachsmuth, Post & Lesh 1984, Order and equivalence of rational numbers, JRME 15"
PEARN = (
    "Pearn & Stephens 2004, Why you have to probe to discover what year 8 students really "
    "think about fractions, MERGA 27"
)
TIROSH = "Tirosh 2000, Children's conceptions: the case of division of fractions, JRME 31"
RESNICK = "Resnick et al. 1989, Conceptual bases of arithmetic errors: decimal fractions, JRME 20"
SACKUR = (
    "Sackur-Grisvard & Léonard 1985, The order of positive decimal numbers, Cognition and "
    "Instruction 2"
)
STACEY = "Stacey & Steinle 1999, A longitudinal study of children's thinking about decimals, PME 23"
HIEBERT = (
    "Hiebert & Wearne 1985, A model of students' decimal computation procedures, Cognition "
    "and Instruction 2"
)
LINCHEVSKI = "Linchevski & Livneh 1999, Structure sense, Educational Studies in Mathematics 40"
FISCHBEIN = "Fischbein, Deri, Nello & Marino 1985, The role of implicit models, JRME 16"
PARKER = (
    "Parker & Leinhardt 1995, Percent: a privileged proportion, Review of Educational Research 65"
)
FOLKLORE = "classroom folklore, no study cited"

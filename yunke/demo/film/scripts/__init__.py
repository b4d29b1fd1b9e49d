"""The scripts, one file a film: data tables, in the order of grades."""

from . import (
    g1_add_to_ten,
    g1_numbers_english,
    g1_sun_moon,
    g2_carrying,
    g2_likes_english,
    g2_three_poems,
    g3_can_english,
    g3_forest,
    g3_fractions,
    g4_triangle_angles,
    g4_water_cycle,
    g5_equations,
    g5_past_english,
    g6_circle_area,
    g6_moon_phases,
    g7_number_line,
    g8_pythagoras,
    g8_questions_english,
    g9_parabola,
)

LESSONS = tuple(
    module.LESSON
    for module in (
        g1_sun_moon, g1_add_to_ten, g1_numbers_english, g2_three_poems, g2_carrying,
        g2_likes_english,
        g3_forest, g3_fractions, g3_can_english, g4_triangle_angles, g4_water_cycle, g5_equations,
        g5_past_english, g6_circle_area, g6_moon_phases, g7_number_line, g8_pythagoras,
        g8_questions_english, g9_parabola,
    )
)  # fmt: skip

"""Who took part, told by the lake: school, county, city, never a child."""

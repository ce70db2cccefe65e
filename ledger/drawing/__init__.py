"""Where things lie in a picture. Pure: dates and shares in, per cent of a width out.

Every picture is fluid: across, all is in per cent, so that one drawing fits a phone and a wall, and
nothing that carries meaning is stretched; letters and signs keep their size.
"""

"""Trainers, advisers and consultants, and their time: nobody is in two places at once."""

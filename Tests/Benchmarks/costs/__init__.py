"""What reading a platform costs, as a model that is held against measured runs."""

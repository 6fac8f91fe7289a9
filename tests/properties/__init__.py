"""What must hold for any numbers at all, tried on many: hypothesis draws them."""

def fail():
    try:
        import tf_no_such_module
    except ImportError:
        raise ValueError("no")

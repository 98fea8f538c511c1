from service import serve

serve()  # -> wrapping:wrap.run

import logging


class Tool:
    def info(self):
        pass


logger = logging.getLogger(__name__)
logger.info("x")

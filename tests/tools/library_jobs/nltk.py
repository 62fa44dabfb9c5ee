import nltk
from nltk.translate.bleu_score import sentence_bleu
print(nltk.FreqDist("abracadabra").most_common(1), sentence_bleu([list("abcde")], list("abcde")))
